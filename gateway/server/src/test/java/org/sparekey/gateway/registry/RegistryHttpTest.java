// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.BatchHeader;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.registration.RegistrationHead;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.testkit.world.Cast;

/** The room over real HTTPS: every answer is signed and held against openapi.yaml by the client. */
class RegistryHttpTest {

    private static final GatewayFixture GATEWAY = GatewayFixture.shared();

    private final Cast cast = GATEWAY.world().cast();
    private final SignedClient reseller = GATEWAY.client(cast.reseller());

    @BeforeAll
    static void rent() {
        String csv = "kind,value,reseller,from,to\r\nPREFIX,198.18.77.0/24,%s,2026-01-01T00:00:00.000Z,\r\n"
                .formatted(Cast.RESELLER);
        assertThat(GATEWAY.bean(Inventory.class).importAssignments(csv.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Imported.Done(1));
    }

    @Test
    void a_batch_is_answered_with_a_receipt_that_proves_itself_and_stands_in_the_view() throws Exception {
        RegistrationBatch batch = batch(vps(701, "198.18.77.1"), vps(702, "203.0.113.77"));
        Reply sent = send(reseller, RegistryFixture.bytes(batch));
        assertThat(sent.status()).isIn(201, 202);
        assertThat(GATEWAY.bean(AuditLog.class)
                        .await(sent.json(BatchReceipt.class).leafHash(), Registry.RECEIPT_WAIT.multipliedBy(10)))
                .isPresent();

        Reply fetched = reseller.get(sent.header("location"));
        BatchReceipt receipt = fetched.json(BatchReceipt.class);
        NoteKey log = NoteKey.parse(GATEWAY.bean(AuditLog.class).vkey(LogName.REGISTRY));
        assertThat(ReceiptCheck.check(receipt, batch, log)).isEqualTo(ReceiptCheck.Outcome.PROVEN);
        assertThat(receipt.verdicts().get(1).code()).contains("PREFIX_NOT_ASSIGNED");

        String view = reseller.get("/v1/registry-view").text();
        assertThat(view).contains(Assets.vpsRef(701)).doesNotContain(Assets.vpsRef(702));
        SignedClient other = GATEWAY.client(cast.otherReseller());
        assertThat(other.get("/v1/registry-view").text()).doesNotContain(Assets.vpsRef(701));
        assertThat(other.get(sent.header("location")).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_reseller_compares_the_gateways_last_batch_with_his_own() throws Exception {
        RegistrationBatch batch = batch(vps(704, "198.18.77.4"));
        RegistrationHead before = reseller.get("/v1/registration-head").json(RegistrationHead.class);
        assertThat(send(reseller, RegistryFixture.bytes(batch)).status()).isIn(201, 202);
        RegistrationHead after = reseller.get("/v1/registration-head").json(RegistrationHead.class);
        long seq = batch.header().read(BatchHeader.TYPE, BatchHeader.class).seq();
        Optional<Digest> digest = Optional.of(batch.digest());

        assertThat(after.against(seq, digest)).isEqualTo(RegistrationHead.Standing.IN_STEP);
        assertThat(before.against(seq, digest)).isEqualTo(RegistrationHead.Standing.GATEWAY_BEHIND);
        assertThat(after.against(seq - 1, before.batchDigest())).isEqualTo(RegistrationHead.Standing.GATEWAY_AHEAD);
        assertThat(after.against(seq, Optional.of(Digest.sha256(new byte[1]))))
                .isEqualTo(RegistrationHead.Standing.FORKED);
    }

    @Test
    void only_resellers_register_and_look() {
        SignedClient investigator = GATEWAY.client(cast.investigator());
        assertThat(send(investigator, new byte[0]).problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(investigator.get("/v1/registry-view").problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(investigator.get("/v1/registration-head").problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(GATEWAY.client(cast.officer1()).get("/v1/registry-view").problem())
                .isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void garbage_is_a_coded_problem_each() {
        for (String garbage : List.of("", "\0", "{}\n", "a.b.c\n", "[".repeat(70_000) + "\n")) {
            assertThat(send(reseller, garbage.getBytes(StandardCharsets.UTF_8)).problem())
                    .isEqualTo(Problem.BATCH_MALFORMED);
        }
        assertThat(send(reseller, new byte[10 << 20]).problem()).isEqualTo(Problem.BATCH_MALFORMED);
        assertThat(reseller.post("/v1/registrations", "application/json", new byte[2])
                        .problem())
                .isEqualTo(Problem.UNSUPPORTED_MEDIA_TYPE);
        assertThat(reseller.get("/v1/registrations/" + new UUID(1, 2) + "/receipt")
                        .problem())
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(reseller.get("/v1/registrations/7/receipt").status()).isBetween(400, 499);
    }

    @Test
    void a_batch_of_another_number_is_a_conflict() {
        RegistrationBatch later = RegistrationBatch.sign(
                Cast.RESELLER,
                1_000_000,
                List.of(vps(703, "198.18.77.3")),
                cast.reseller().document(),
                Instant.now(),
                Bytes.of(new byte[32]));
        assertThat(send(reseller, RegistryFixture.bytes(later)).problem()).isEqualTo(Problem.BATCH_OUT_OF_SEQUENCE);
    }

    private RegistrationBatch batch(RegistrationRecord... records) {
        ResellerView view = GATEWAY.bean(Registry.class).view(RegistryFixture.caller(cast.reseller()));
        return RegistrationBatch.sign(
                Cast.RESELLER,
                view.batches().size() + 1L,
                List.of(records),
                cast.reseller().document(),
                Instant.now(),
                Bytes.of(new byte[32]));
    }

    private static RegistrationRecord vps(int number, String address) {
        Instant since = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        return Assets.record(number, number, since, Assets.ip(address));
    }

    private static Reply send(SignedClient client, byte[] batch) {
        return client.post("/v1/registrations", RegistrationBatch.MEDIA_TYPE, batch);
    }
}
