// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Cast;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

class PartiesTest {

    private final GatewayFixture gateway = GatewayFixture.shared();
    private final Cast cast = gateway.world().cast();
    private final Parties parties = gateway.bean(Parties.class);
    private final AuditLog log = gateway.bean(AuditLog.class);
    private final Idempotency idempotency = gateway.bean(Idempotency.class);
    private final TransactionTemplate transaction = gateway.bean(TransactionTemplate.class);
    private final Caller caller = new Caller(
            new PartyId(Cast.AUTHORITY),
            "p-1001",
            Role.INVESTIGATOR,
            cast.investigator().message().keyId());

    @Test
    void a_second_list_is_refused_even_the_very_same() throws Exception {
        Bootstrap.Outcome again =
                gateway.bean(Bootstrap.class).load(gateway.world().parties().bytes());
        assertThat(again).isInstanceOf(Bootstrap.Refused.class);
    }

    @Test
    void the_signed_list_is_entry_0_of_the_case_log_to_the_byte() {
        EntryText first = recorded(0);
        assertThat(first.parsed().type()).isEqualTo(Bootstrap.TYPE);
        assertThat(log.payload(first.recorded().leafHash()).orElseThrow().payload())
                .isEqualTo(gateway.world().parties().bytes());
    }

    @Test
    void every_key_is_an_entry_with_id_role_and_status_in_the_clear_and_nobodys_name() {
        EntryText entry = recorded(1);
        assertThat(entry.parsed().type()).isEqualTo(KeyEntries.TYPE);
        assertThat(entry.parsed().clear())
                .containsEntry("status", "enrolled")
                .containsEntry("role", "OFFICER")
                .containsKey("key");
        assertThat(new String(entry.bytes(), StandardCharsets.UTF_8)).doesNotContain("officer-1");
    }

    @Test
    void a_key_is_found_for_its_own_use_only() {
        Digest tls = cast.investigator().tls().keyId();
        assertThat(parties.tlsKey(tls).orElseThrow().person()).isEqualTo("p-1001");
        assertThat(parties.messageKey(tls)).isEmpty();
        assertThat(parties.documentKey(tls)).isEmpty();
    }

    @Test
    void an_expired_key_is_not_found_now_but_was_one_then() {
        Digest lapsed = cast.lapsed().document().keyId();
        assertThat(parties.documentKey(lapsed)).isEmpty();
        assertThat(parties.documentKey(
                        lapsed, gateway.world().parties().list().issuedAt().minus(Duration.ofDays(30))))
                .isPresent();
    }

    @Test
    void parties_come_back_as_they_were_signed() {
        assertThat(parties.authority(new PartyId(Cast.AUTHORITY)))
                .contains(gateway.world().parties().list().authorities().get(0));
        assertThat(parties.reseller(new PartyId(Cast.RESELLER)))
                .contains(gateway.world().parties().list().resellers().get(0));
        assertThat(parties.authority(new PartyId(Cast.RESELLER))).isEmpty();
        assertThat(parties.hoster()).contains(gateway.world().parties().list().hoster());
    }

    @Test
    void an_investigator_revokes_nobodys_key() {
        assertThatThrownBy(() -> gateway.bean(Revocations.class)
                        .revoke(caller, cast.judge().document().keyId()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORBIDDEN));
        assertThat(parties.documentKey(cast.judge().document().keyId())).isPresent();
    }

    @Test
    void a_revocation_that_was_deleted_behind_our_back_comes_back_from_the_log() throws Exception {
        Revocations revocations = gateway.bean(Revocations.class);
        Caller officer = new Caller(
                PartyId.HOSTER,
                "officer-2",
                Role.OFFICER,
                cast.officer2().message().keyId());
        Digest key = cast.dismissed().document().keyId();
        revocations.revoke(officer, key);
        log.await(Digest.sha256(new byte[] {1}), Duration.ofSeconds(3));
        try (Connection superuser =
                        gateway.database().connect(gateway.database().superuser());
                PreparedStatement delete =
                        superuser.prepareStatement("DELETE FROM parties_revocation WHERE key_id = ?")) {
            delete.setBytes(1, key.array());
            assertThat(delete.executeUpdate()).isEqualTo(1);
        }
        assertThat(parties.documentKey(key)).isPresent();
        revocations.afterSingletonsInstantiated();
        assertThat(parties.documentKey(key)).isEmpty();
    }

    @Test
    void the_same_key_and_payload_lead_to_the_first_resource() {
        String key = UUID.randomUUID().toString();
        assertThat(claim(key, 1, "first")).isEqualTo(new Claim.New());
        assertThat(claim(key, 1, "second")).isEqualTo(new Claim.Earlier("first"));
    }

    @Test
    void a_key_reused_for_another_payload_is_refused() {
        String key = UUID.randomUUID().toString();
        claim(key, 1, "first");
        assertThatThrownBy(() -> claim(key, 2, "second"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void what_was_rolled_back_was_never_claimed() {
        String key = UUID.randomUUID().toString();
        transaction.executeWithoutResult(status -> {
            idempotency.claim(caller, key, digest(1), "first");
            status.setRollbackOnly();
        });
        assertThat(claim(key, 2, "second")).isEqualTo(new Claim.New());
    }

    @Test
    void a_duplicate_of_a_request_that_still_runs_is_told_so() throws Exception {
        String key = UUID.randomUUID().toString();
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(status -> {
            idempotency.claim(caller, key, digest(1), "first");
            claimed.countDown();
            await(finish);
        }));
        await(claimed);
        assertThatThrownBy(() -> claim(key, 1, "second"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.IN_PROGRESS));
        finish.countDown();
        first.get(1, TimeUnit.MINUTES);
        assertThat(claim(key, 1, "third")).isEqualTo(new Claim.Earlier("first"));
    }

    @Test
    void nothing_is_claimed_outside_the_business_transaction() {
        assertThatThrownBy(() -> idempotency.claim(caller, "key", digest(1), "r"))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    private Claim claim(String key, int payload, String resource) {
        return transaction.execute(status -> idempotency.claim(caller, key, digest(payload), resource));
    }

    private EntryText recorded(long index) {
        var found = log.from(LogName.CASE, index, 1);
        if (found.isEmpty()) {
            log.await(Digest.sha256(new byte[0]), Duration.ofSeconds(5));
            found = log.from(LogName.CASE, index, 1);
        }
        return found.get(0);
    }

    private static Digest digest(int payload) {
        return Digest.sha256(new byte[] {(byte) payload});
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("the other side did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
