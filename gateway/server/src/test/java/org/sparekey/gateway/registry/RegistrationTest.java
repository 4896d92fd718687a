// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.registry.Assets.LONG_AGO;
import static org.sparekey.gateway.registry.Assets.end;
import static org.sparekey.gateway.registry.Assets.ip;
import static org.sparekey.gateway.registry.Assets.record;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Target;
import org.sparekey.protocol.order.TargetFormat;
import org.sparekey.protocol.order.TimeWindow;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.ReceiptCheck.Outcome;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.protocol.tree.NoteKey;

/** Batches against a real database and a real log. */
class RegistrationTest {

    @TempDir
    static Path directory;

    private static RegistryFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new RegistryFixture(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void begin() {
        fixture.begin();
    }

    @Test
    void a_good_batch_gets_a_receipt_that_the_reseller_proves_alone() throws Exception {
        RegistrationBatch batch = fixture.batch(
                fixture.reseller(),
                1,
                record(1, 1, LONG_AGO, ip("192.0.2.7")),
                record(2, 2, LONG_AGO, ip("192.0.2.8")));
        BatchReceipt receipt = receipt(fixture.send(fixture.reseller(), RegistryFixture.bytes(batch)));

        assertThat(receipt.verdicts()).allMatch(LineVerdict::accepted);
        BatchReceipt stored = Wire.read(Wire.write(receipt), BatchReceipt.class);
        assertThat(ReceiptCheck.check(stored, batch, log())).isEqualTo(Outcome.PROVEN);
    }

    @Test
    void the_same_batch_gets_the_same_answer_for_ever_and_has_no_second_effect() {
        byte[] batch =
                RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip("192.0.2.7"))));
        BatchReceipt first = receipt(fixture.send(fixture.reseller(), batch));
        fixture.register(fixture.reseller(), 2, record(1, 1, LONG_AGO.plusSeconds(60), ip("192.0.2.9")));
        BatchReceipt again = receipt(fixture.send(fixture.reseller(), batch, "another-key"));

        assertThat(again.batchId()).isEqualTo(first.batchId());
        assertThat(again.verdicts()).isEqualTo(first.verdicts());
        assertThat(again.leafHash()).isEqualTo(first.leafHash());
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void a_known_header_over_other_lines_is_not_the_known_batch() {
        RegistrationBatch batch = fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO, ip("192.0.2.7")));
        fixture.send(fixture.reseller(), RegistryFixture.bytes(batch));
        Bytes other = Bytes.of(Wire.write(record(2, 2, LONG_AGO, ip("192.0.2.8"))));
        byte[] forged = RegistryFixture.bytes(new RegistrationBatch(batch.header(), List.of(other)));
        assertRefused(fixture.send(fixture.reseller(), forged), Problem.BATCH_ROOT_MISMATCH);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void bad_lines_have_no_effect_and_are_told_apart_from_good_ones() {
        BatchReceipt receipt = fixture.register(
                fixture.reseller(),
                1,
                record(1, 1, LONG_AGO, ip("192.0.2.7")),
                record(2, 2, LONG_AGO, ip("192.0.2.8"), ip("203.0.113.1")),
                record(3, 3, LONG_AGO.plusSeconds(301), ip("192.0.2.9")),
                end(4, 4, LONG_AGO),
                record(1, 5, LONG_AGO, ip("192.0.2.10")),
                record(6, 6, LONG_AGO, ip("192.0.2.7")));

        assertThat(receipt.verdicts().stream().map(RegistrationTest::text))
                .containsExactly(
                        "2 accepted",
                        "3 PREFIX_NOT_ASSIGNED /addresses/1/prefix",
                        "4 VALID_FROM_AHEAD /validFrom",
                        "5 UNKNOWN_VPS_REF /vpsRef",
                        "6 REPEATED_IN_BATCH /vpsRef",
                        "7 ADDRESS_CLAIMED_IN_BATCH /addresses/0");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void malformed_lines_are_refused_each_with_its_pointer() throws Exception {
        String good = new String(Wire.write(record(1, 1, LONG_AGO, ip("192.0.2.7"))), StandardCharsets.UTF_8);
        List<String> lines = List.of(
                good,
                good.replace("\"cluster-a\"", "7"),
                good.replace("52:54:00", "52-54-00"),
                good.replace("192.0.2.7", "192.0.2.07"),
                good.replace("{\"addresses\"", "{ \"addresses\""),
                good.replace("\"state\":\"RUNNING\",", ""),
                good.replace("\"v\":1", "\"v\":1,\"zz\":2"),
                "not json");
        RegistrationBatch batch = fixture.raw(fixture.reseller(), 1, lines);
        BatchReceipt receipt = receipt(fixture.send(fixture.reseller(), RegistryFixture.bytes(batch)));

        assertThat(receipt.verdicts().stream().map(RegistrationTest::text))
                .containsExactly(
                        "2 accepted",
                        "3 MALFORMED /cluster",
                        "4 BAD_IDENTIFIER /macs/0",
                        "5 BAD_ADDRESS /addresses/0",
                        "6 NOT_CANONICAL ",
                        "7 MALFORMED /state",
                        "8 MALFORMED /zz",
                        "9 MALFORMED ");
        assertThat(ReceiptCheck.check(receipt, batch, log())).isEqualTo(Outcome.PROVEN);
    }

    @Test
    void a_wrong_root_leaves_nothing_behind() {
        RegistrationBatch batch = fixture.batch(
                fixture.reseller(),
                1,
                record(1, 1, LONG_AGO, ip("192.0.2.7")),
                record(2, 2, LONG_AGO, ip("192.0.2.8")));
        List<Bytes> swapped = new ArrayList<>(batch.lines().reversed());
        byte[] forged = RegistryFixture.bytes(new RegistrationBatch(batch.header(), swapped));
        assertRefused(fixture.send(fixture.reseller(), forged), Problem.BATCH_ROOT_MISMATCH);
        assertThat(rows()).isZero();
        // The number is still free: the good batch follows.
        assertThat(fixture.send(fixture.reseller(), RegistryFixture.bytes(batch), "next"))
                .isInstanceOf(Registration.Receipted.class);
    }

    @Test
    void a_gap_or_a_repeat_in_the_numbers_is_refused() {
        byte[] third = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 3, record(1, 1, LONG_AGO)));
        assertRefused(fixture.send(fixture.reseller(), third), Problem.BATCH_OUT_OF_SEQUENCE);
        fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO));
        byte[] first = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(2, 2, LONG_AGO)));
        assertRefused(fixture.send(fixture.reseller(), first), Problem.BATCH_OUT_OF_SEQUENCE);
    }

    @Test
    void another_resellers_reference_asset_or_prefix_is_refused() {
        fixture.register(fixture.otherReseller(), 1, record(1, 1, LONG_AGO, ip("198.51.100.7")));
        BatchReceipt receipt = fixture.register(
                fixture.reseller(),
                1,
                record(1, 2, LONG_AGO),
                Assets.named(record(1, 3, LONG_AGO), "vps-invented-theft-1"),
                Assets.named(record(1, 3, LONG_AGO.minusSeconds(60)), "vps-invented-theft-2"),
                record(4, 4, LONG_AGO, ip("198.51.100.8")));
        assertThat(receipt.verdicts().stream().map(RegistrationTest::text))
                .containsExactly(
                        "2 FOREIGN_VPS_REF /vpsRef",
                        "3 FOREIGN_ASSET /uuid",
                        "4 FOREIGN_ASSET /uuid",
                        "5 PREFIX_NOT_ASSIGNED /addresses/0/prefix");
    }

    @Test
    void an_asset_that_the_other_reseller_ended_may_be_let_again() {
        fixture.register(fixture.otherReseller(), 1, record(1, 1, LONG_AGO));
        fixture.at(LONG_AGO.plusSeconds(3600));
        fixture.register(fixture.otherReseller(), 2, end(1, 1, LONG_AGO.plusSeconds(1800)));
        BatchReceipt receipt = fixture.register(
                fixture.reseller(),
                1,
                Assets.named(record(1, 2, LONG_AGO.plusSeconds(1799)), "vps-invented-too-early"),
                Assets.named(record(1, 2, LONG_AGO.plusSeconds(1800)), "vps-invented-in-time"));
        assertThat(receipt.verdicts().stream().map(RegistrationTest::text))
                .containsExactly("2 FOREIGN_ASSET /uuid", "3 accepted");
    }

    @Test
    void who_names_the_guest_of_another_first_keeps_nobody_out_and_is_not_believed() {
        fixture.planned("198.51.100.9", 3);
        fixture.observed(3);
        String thief = "vps-invented-theft-3";
        assertThat(fixture.verdicts(fixture.reseller(), 1, Assets.named(record(3, 9, LONG_AGO), thief)))
                .containsExactly("2 accepted");
        assertThat(fixture.registry().locate(guestThree(), guestThree().observedAt(), LONG_AGO, LONG_AGO))
                .isNotInstanceOf(Located.Found.class);
        assertThat(fixture.verdicts(fixture.otherReseller(), 1, record(3, 3, LONG_AGO, ip("198.51.100.9"))))
                .containsExactly("2 accepted");
        assertThat(fixture.verdicts(fixture.reseller(), 2, Assets.named(record(3, 9, LONG_AGO), thief)))
                .containsExactly("2 FOREIGN_ASSET /uuid");
    }

    private static Target guestThree() {
        return new Target(
                TargetFormat.UUID,
                Assets.uuid(3) + "@" + Assets.CLUSTER,
                Optional.empty(),
                Optional.empty(),
                new TimeWindow(LONG_AGO, LONG_AGO));
    }

    @Test
    void a_guest_on_another_resellers_server_is_refused() {
        fixture.imported("SERVER,node-9,%s,%s,".formatted(Assets.OTHER, Wire.text(LONG_AGO.minusSeconds(10))));
        BatchReceipt receipt = fixture.register(fixture.reseller(), 1, Assets.onNode(record(1, 1, LONG_AGO), "node-9"));
        assertThat(text(receipt.verdicts().get(0))).isEqualTo("2 FOREIGN_ASSET /node");
    }

    @Test
    void a_batch_signed_by_anyone_but_the_callers_document_key_is_refused() {
        RegistrationBatch others = RegistrationBatch.sign(
                Assets.RESELLER.value(),
                1,
                List.of(record(1, 1, LONG_AGO)),
                fixture.otherReseller().document(),
                LONG_AGO,
                Bytes.of(new byte[32]));
        assertRefused(fixture.send(fixture.reseller(), RegistryFixture.bytes(others)), Problem.DOCUMENT_REFUSED);
        RegistrationBatch channelKey = RegistrationBatch.sign(
                Assets.RESELLER.value(),
                1,
                List.of(record(1, 1, LONG_AGO)),
                fixture.reseller().message(),
                LONG_AGO,
                Bytes.of(new byte[32]));
        assertRefused(fixture.send(fixture.reseller(), RegistryFixture.bytes(channelKey)), Problem.DOCUMENT_REFUSED);
        byte[] stolen = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO)));
        assertRefused(fixture.send(fixture.otherReseller(), stolen), Problem.DOCUMENT_REFUSED);
    }

    @Test
    void what_is_no_batch_is_refused_with_a_code_and_entered_in_the_log() {
        long before = entries("registration.refused");
        for (String garbage : List.of("", "\n", "a.b.c\n", "{}\n", "\0\0\0", "x".repeat(70_000))) {
            byte[] bytes = garbage.getBytes(StandardCharsets.UTF_8);
            assertRefused(fixture.send(fixture.reseller(), bytes), Problem.BATCH_MALFORMED);
        }
        assertThat(entries("registration.refused")).isEqualTo(before + 6);
        assertThat(rows()).isZero();
    }

    @Test
    void a_refused_batch_sent_again_with_its_key_is_refused_again_with_the_same_problem() {
        RegistrationBatch early = fixture.batch(fixture.reseller(), 7, record(1, 1, LONG_AGO));
        byte[] stolen = RegistryFixture.bytes(fixture.batch(fixture.otherReseller(), 1, record(1, 1, LONG_AGO)));
        for (int i = 0; i < 2; i++) {
            assertRefused(
                    fixture.send(fixture.reseller(), RegistryFixture.bytes(early), "key-of-the-early-one"),
                    Problem.BATCH_OUT_OF_SEQUENCE);
            assertRefused(fixture.send(fixture.reseller(), stolen, "key-of-the-stolen-one"), Problem.DOCUMENT_REFUSED);
        }
        assertThat(rows()).isZero();
    }

    @Test
    void refusals_do_not_flood_the_log() {
        fixture.at(LONG_AGO.plusSeconds(7_200));
        long before = entries("registration.refused");
        for (int i = 0; i < 3 * RefusalEntries.MAX_PER_MINUTE; i++) {
            assertRefused(fixture.send(fixture.reseller(), new byte[] {'x'}), Problem.BATCH_MALFORMED);
        }
        assertThat(entries("registration.refused")).isEqualTo(before + RefusalEntries.MAX_PER_MINUTE);
    }

    @Test
    void the_refusals_beyond_ten_a_minute_become_one_counted_entry() {
        fixture.at(LONG_AGO.plusSeconds(10_800));
        RefusalEntries refusals = fixture.rooms().bean(RefusalEntries.class);
        for (int i = 0; i < RefusalEntries.MAX_PER_MINUTE + 3; i++) {
            assertRefused(fixture.send(fixture.reseller(), new byte[] {'x'}), Problem.BATCH_MALFORMED);
        }
        long before = entries(RefusalEntries.COUNTED);
        refusals.step();
        assertThat(entries(RefusalEntries.COUNTED)).isEqualTo(before);

        fixture.at(LONG_AGO.plusSeconds(10_860));
        refusals.step();
        refusals.step();

        assertThat(entries(RefusalEntries.COUNTED)).isEqualTo(before + 1);
        assertThat(fixture.rooms()
                        .jdbc()
                        .sql("""
                        SELECT convert_from(bytes, 'UTF8') FROM (
                            SELECT bytes, type FROM auditlog_outbox UNION SELECT bytes, type FROM auditlog_entry
                        ) AS entry WHERE type = :type
                        """)
                        .param("type", RefusalEntries.COUNTED)
                        .query(String.class)
                        .list())
                .anyMatch(text -> text.contains("\"count\":\"3\"") && text.contains("batch-malformed"));
    }

    @Test
    void one_batch_delivered_four_times_at_once_has_one_effect_and_one_answer() throws Exception {
        byte[] batch = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO)));
        List<Callable<Registration>> deliveries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String key = "delivery-" + i;
            deliveries.add(() -> fixture.send(fixture.reseller(), batch, key));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<UUID> answers = new ArrayList<>();
            for (Future<Registration> delivery : threads.invokeAll(deliveries)) {
                answers.add(receipt(delivery.get()).batchId());
            }
            assertThat(answers.stream().distinct()).hasSize(1);
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void one_idempotency_key_does_not_serve_two_batches() {
        byte[] one = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 1, record(1, 1, LONG_AGO)));
        byte[] two = RegistryFixture.bytes(fixture.batch(fixture.reseller(), 2, record(2, 2, LONG_AGO)));
        fixture.send(fixture.reseller(), one, "key");
        assertThatThrownBy(() -> fixture.send(fixture.reseller(), two, "key"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.IDEMPOTENCY_KEY_REUSED));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void a_receipt_is_its_resellers_alone() {
        BatchReceipt receipt = fixture.register(fixture.reseller(), 1, record(1, 1, LONG_AGO));
        assertThat(fixture.registry().receipt(RegistryFixture.caller(fixture.reseller()), receipt.batchId()))
                .contains(receipt);
        assertThat(fixture.registry().receipt(RegistryFixture.caller(fixture.otherReseller()), receipt.batchId()))
                .isEmpty();
    }

    @Test
    void a_line_ended_in_the_batch_that_began_it_is_accepted_in_any_order() {
        BatchReceipt receipt = fixture.register(
                fixture.reseller(), 1, end(1, 1, LONG_AGO.plusSeconds(5)), record(1, 1, LONG_AGO, ip("192.0.2.7")));
        assertThat(receipt.verdicts()).allMatch(LineVerdict::accepted);
    }

    private static void assertRefused(Registration registration, Problem problem) {
        assertThat(registration)
                .isInstanceOfSatisfying(
                        Registration.Refused.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    private static BatchReceipt receipt(Registration registration) {
        assertThat(registration).isInstanceOf(Registration.Receipted.class);
        return ((Registration.Receipted) registration).receipt();
    }

    private static String text(LineVerdict verdict) {
        return verdict.line() + " "
                + verdict.code()
                        .map(code -> code + " " + verdict.pointer().orElseThrow())
                        .orElse("accepted");
    }

    private static NoteKey log() throws Exception {
        return NoteKey.parse(fixture.rooms().bean(AuditLog.class).vkey(LogName.REGISTRY));
    }

    private static long rows() {
        return fixture.rooms()
                .jdbc()
                .sql("SELECT count(*) FROM registry_registration")
                .query(Long.class)
                .single();
    }

    private static long entries(String type) {
        return fixture.rooms().entries(type);
    }
}
