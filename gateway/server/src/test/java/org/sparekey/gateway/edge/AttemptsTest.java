// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.signature.Fields;
import org.sparekey.protocol.signature.Message;
import org.sparekey.testkit.world.Actor;

/** What an enrolled connection tries with bad keys is entered, and cannot flood the log. */
class AttemptsTest {

    private static final int TRIES = 14;

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final AuditLog log = gateway.bean(AuditLog.class);

    @Test
    void bad_signatures_are_entered_with_the_key_they_claim_ten_a_minute_at_most() {
        Actor supervisor = gateway.world().cast().supervisor();
        SignedClient client = gateway.client(supervisor);
        for (int i = 0; i < TRIES; i++) {
            Message.Request signed = client.sign(client.request("GET", "/v1/echo"));
            Message.Request altered = new Message.Request("GET", signed.targetUri() + "?" + i, signed.headers());
            assertThat(client.send(altered, new byte[0]).problem()).isEqualTo(Problem.SIGNATURE_INVALID);
        }
        List<LogEntry> entries = entries(supervisor.tls().keyId());
        assertThat(entries).hasSizeBetween(1, RefusalEntries.MAX_PER_MINUTE);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.clear())
                        .containsEntry("reason", "signature-invalid")
                        .containsEntry(
                                "claimedKey", supervisor.message().keyId().base64url()));
    }

    @Test
    void a_token_of_somebody_else_is_entered() {
        Actor reseller = gateway.world().cast().otherReseller();
        String stolen = gateway.client(gateway.world().cast().investigator()).token();
        gateway.client(reseller).withToken(stolen).get("/v1/echo");
        assertThat(entries(reseller.tls().keyId()))
                .anySatisfy(entry -> assertThat(entry.clear()).containsEntry("reason", "token-of-another"));
    }

    @Test
    void a_replayed_request_is_entered_and_reaches_no_room() {
        Actor officer = gateway.world().cast().officer2();
        SignedClient client = gateway.client(officer);
        Message.Request signed = client.sign(client.request("GET", "/v1/echo"));
        assertThat(client.send(signed, new byte[0]).status()).isEqualTo(200);
        int reached = EchoController.REACHED.get();

        assertThat(client.send(signed, new byte[0]).problem()).isEqualTo(Problem.REPLAYED);

        assertThat(EchoController.REACHED.get()).isEqualTo(reached);
        assertThat(entries(officer.tls().keyId()))
                .anySatisfy(entry -> assertThat(entry.clear())
                        .containsEntry("reason", "replayed")
                        .containsEntry("claimedKey", officer.message().keyId().base64url()));
    }

    @Test
    void a_token_that_is_absent_or_of_nobody_is_entered() {
        Actor officer = gateway.world().cast().officer1();
        SignedClient client = gateway.client(officer);
        Message.Request bare = new Message.Request(
                "GET", client.request("GET", "/v1/echo").targetUri(), Fields.of("accept", "application/json"));
        assertThat(client.send(client.sign(bare), new byte[0]).problem())
                .isIn(Problem.TOKEN_INVALID, Problem.SIGNATURE_INVALID);
        assertThat(client.withToken("eyJhbGciOiJub25lIn0.e30.").get("/v1/echo").problem())
                .isEqualTo(Problem.TOKEN_INVALID);

        assertThat(entries(officer.tls().keyId()))
                .anySatisfy(entry -> assertThat(entry.clear()).containsEntry("reason", "token-foreign"));
    }

    @Test
    void what_a_role_may_not_do_is_entered_without_its_path_in_the_clear() {
        Actor reseller = gateway.world().cast().reseller();

        assertThat(gateway.client(reseller)
                        .get("/v1/orders/ORD-2222-2222/evidence")
                        .problem())
                .isEqualTo(Problem.FORBIDDEN);

        assertThat(entries(reseller.message().keyId())).anySatisfy(entry -> {
            assertThat(entry.clear()).containsEntry("reason", "forbidden");
            assertThat(entry.clear().toString()).doesNotContain("ORD-2222");
        });
    }

    /** Recorded ones, after a wait for an entry that never comes: every step was taken meanwhile. */
    private List<LogEntry> entries(Digest connection) {
        log.await(Digest.sha256(new byte[] {7}), Duration.ofSeconds(3));
        List<LogEntry> found = new ArrayList<>();
        for (var entry : log.from(LogName.CASE, 0, 10_000)) {
            LogEntry parsed = entry.parsed();
            if (parsed.type().equals(Attempts.TYPE) && parsed.actor().keyId().equals(Optional.of(connection))) {
                found.add(parsed);
            }
        }
        return found;
    }
}
