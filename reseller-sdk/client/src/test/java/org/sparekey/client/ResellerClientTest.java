// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.channel.ChannelException;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.AssuranceLevel;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.FieldCommitment;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.Pseudonym;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationRecord;

class ResellerClientTest {

    private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");

    private final TestHoster hoster = new TestHoster(InstantSource.fixed(TestHoster.NOW));

    @TempDir
    Path directory;

    private Path configuration = Path.of("");

    @BeforeEach
    void files() throws IOException {
        configuration = hoster.configuration(directory);
    }

    @AfterEach
    void close() {
        hoster.close();
    }

    /** What a test does with a client. */
    interface Use<T> {
        T with(ResellerClient client) throws Exception;
    }

    static <T> T at(Path configuration, Use<T> use) throws Exception {
        try (ResellerClient client =
                ResellerClient.open(configuration, InstantSource.fixed(TestHoster.NOW), new SecureRandom())) {
            return use.with(client);
        }
    }

    @Test
    void a_machine_is_registered_and_its_receipt_is_proven() throws Exception {
        Registered registered = register(vps("101", "customer-7"));

        assertThat(registered).isInstanceOf(Registered.Proven.class);
        assertThat(hoster.registered).singleElement().satisfies(record -> {
            assertThat(record.vmId()).contains("101");
            assertThat(record.assuranceLevel()).isEqualTo(AssuranceLevel.L1);
            assertThat(record.validFrom()).isEqualTo(SINCE);
        });
        assertThat(ledger("batch-00000001.receipt.json")).exists();
    }

    @Test
    void nothing_that_leaves_names_the_customer() throws Exception {
        register(vps("101", "customer-7"));

        assertThat(String.join("", hoster.bodies)).doesNotContain("customer-7");
        assertThat(hoster.requests.toString()).doesNotContain("customer-7");
    }

    @Test
    void the_pseudonym_is_that_of_the_secret_and_links_no_two_machines() throws Exception {
        register(vps("101", "customer-7"), vps("102", "customer-7"));

        for (RegistrationRecord record : hoster.registered) {
            assertThat(record.pseudonym())
                    .contains(Pseudonym.of(
                            TestHoster.SECRET, TestHoster.LEGAL_NAME, "customer-7", SINCE, record.vpsRef()));
        }
        assertThat(hoster.registered.get(0).pseudonym())
                .isNotEqualTo(hoster.registered.get(1).pseudonym());
        assertThat(hoster.registered.get(0).vpsRef())
                .isNotEqualTo(hoster.registered.get(1).vpsRef());
    }

    @Test
    void the_ledger_opens_each_commitment_alone() throws Exception {
        register(Vps.on("cluster-a", "101")
                .address("192.0.2.10")
                .customer(Customer.of("customer-7").with(Field.COUNTRY, "NL"))
                .since(SINCE));

        Opening opening = Wire.read(
                Files.readAllLines(ledger("batch-00000001.openings.ndjson"))
                        .get(0)
                        .getBytes(),
                Opening.class);
        RegistrationRecord record = hoster.registered.get(0);
        Bytes salt = opening.salts().getOrDefault("country", Bytes.of(new byte[0]));
        assertThat(opening.vpsRef()).isEqualTo(record.vpsRef());
        assertThat(opening.salts()).hasSize(Field.values().length);
        assertThat(FieldCommitment.of(Field.COUNTRY, salt, "NL"))
                .isEqualTo(record.commitments().orElseThrow().country());
    }

    @Test
    void without_a_customer_only_the_machine_is_registered() throws Exception {
        register(Vps.on("cluster-a", "101").address("192.0.2.10").since(SINCE));

        assertThat(hoster.registered.get(0).assuranceLevel()).isEqualTo(AssuranceLevel.L0);
        assertThat(hoster.registered.get(0).pseudonym()).isEmpty();
    }

    @Test
    void a_machine_keeps_its_name_and_a_new_customer_is_a_new_tenancy() throws Exception {
        register(vps("101", "customer-7"));
        register(vps("101", "customer-7"));
        register(vps("101", "customer-8"));

        List<RegistrationRecord> records = hoster.registered;
        assertThat(records)
                .extracting(RegistrationRecord::vpsRef)
                .containsOnly(records.get(0).vpsRef());
        assertThat(records.get(1).tenancyRef()).isEqualTo(records.get(0).tenancyRef());
        assertThat(records.get(2).tenancyRef()).isNotEqualTo(records.get(0).tenancyRef());
    }

    @Test
    void a_wiped_disk_is_a_new_tenancy_of_the_same_customer() throws Exception {
        register(vps("101", "customer-7"));
        register(Vps.on("cluster-a", "101")
                .address("192.0.2.10")
                .customer(Customer.of("customer-7"))
                .reinstalled()
                .since(SINCE));

        assertThat(hoster.registered.get(1).tenancyRef())
                .isNotEqualTo(hoster.registered.get(0).tenancyRef());
    }

    @Test
    void an_ended_machine_holds_no_address() throws Exception {
        register(vps("101", "customer-7"));
        register(Vps.on("cluster-a", "101").address("192.0.2.10").ended().since(SINCE.plusSeconds(1)));

        assertThat(hoster.registered.get(1).event()).isEqualTo(Event.END);
        assertThat(hoster.registered.get(1).addresses()).isEmpty();
    }

    @Test
    void a_refused_line_is_named_and_the_others_count() throws Exception {
        Registered registered = register(
                vps("101", "customer-7"),
                Vps.on("cluster-of-another", "666").address("192.0.2.66").since(SINCE));

        assertThat(registered)
                .isInstanceOfSatisfying(
                        Registered.Proven.class,
                        proven -> assertThat(proven.refusedLines())
                                .singleElement()
                                .satisfies(verdict -> {
                                    assertThat(verdict.code()).contains("FOREIGN_ASSET");
                                    assertThat(verdict.pointer()).contains("/cluster");
                                }));
        assertThat(hoster.registered).hasSize(1);
    }

    @Test
    void a_receipt_that_denies_an_accepted_line_is_an_exception() {
        hoster.tamper = receipt -> withVerdicts(
                receipt,
                receipt.verdicts().stream()
                        .map(verdict -> new LineVerdict(
                                verdict.line(), false, Optional.of("FOREIGN_ASSET"), Optional.of(""), verdict.path()))
                        .toList());

        assertThat(catchThrowableOfType(ReceiptException.class, () -> register(vps("101", "customer-7")))
                        .outcome())
                .isEqualTo(ReceiptCheck.Outcome.VERDICTS_DIFFER);
    }

    @Test
    void a_receipt_of_an_unpinned_log_is_an_exception() {
        hoster.tamper = receipt -> new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                receipt.batchId(),
                receipt.reseller(),
                receipt.seq(),
                receipt.batchDigest(),
                receipt.verdicts(),
                receipt.leafHash(),
                receipt.index(),
                receipt.entry(),
                receipt.opening(),
                receipt.proof().map(proof -> proof.replaceFirst("(?s)\n\u2014 .*", "\n")));

        assertThatThrownBy(() -> register(vps("101", "customer-7"))).isInstanceOf(ReceiptException.class);
    }

    @Test
    void a_slow_log_is_pending_and_proven_later() throws Exception {
        hoster.logIsSlow = true;

        Registered later = at(configuration, client -> {
            Registered first = client.register(List.of(vps("101", "customer-7")));
            assertThat(first).isInstanceOf(Registered.Pending.class);
            hoster.logIsSlow = false;
            return client.receipt((Registered.Pending) first);
        });

        assertThat(later).isInstanceOf(Registered.Proven.class);
    }

    /** The gateway took the batch in, the answer was lost, the reseller's process died: the same batch, once more. */
    @Test
    void an_unanswered_batch_is_sent_again_byte_for_byte_by_the_next_run() throws Exception {
        hoster.door.breakAnswersAfter(3);
        assertThatThrownBy(() -> register(vps("101", "customer-7"))).isInstanceOf(ChannelException.class);
        hoster.door.breakAnswersAfter(Integer.MAX_VALUE);

        Registered second = register(vps("102", "customer-8"));

        assertThat(second).isInstanceOf(Registered.Proven.class);
        assertThat(hoster.bodies.stream().distinct()).hasSize(2);
        assertThat(hoster.requests.stream()
                        .map(request -> request.headers().value("idempotency-key"))
                        .distinct())
                .hasSize(2);
        assertThat(ledger("batch-00000001.receipt.json")).exists();
        assertThat(ledger("batch-00000002.receipt.json")).exists();
    }

    @Test
    void a_batch_refused_for_good_frees_its_number() throws Exception {
        hoster.refuseWith = Optional.of(Problem.BATCH_MALFORMED);
        assertThat(register(vps("101", "customer-7"))).isInstanceOf(Registered.Refused.class);
        hoster.refuseWith = Optional.empty();

        assertThat(register(vps("101", "customer-7")))
                .isInstanceOfSatisfying(
                        Registered.Proven.class,
                        proven -> assertThat(proven.receipt().seq()).isEqualTo(1));
    }

    @Test
    void a_batch_refused_for_now_is_kept_and_sent_before_the_next() throws Exception {
        hoster.refuseWith = Optional.of(Problem.LOG_UNAVAILABLE);
        assertThat(register(vps("101", "customer-7"))).isInstanceOf(Registered.Refused.class);
        assertThat(register(vps("102", "customer-8"))).isInstanceOf(Registered.Refused.class);
        hoster.refuseWith = Optional.empty();

        register(vps("102", "customer-8"));

        assertThat(hoster.registered)
                .extracting(record -> record.vmId().orElse(""))
                .containsExactly("101", "102");
    }

    @Test
    void a_machine_twice_in_a_call_is_refused_before_anything_is_written() {
        assertThatThrownBy(() -> register(vps("101", "customer-7"), vps("101", "customer-8")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger("state.json")).doesNotExist();
    }

    @Test
    void a_ledger_is_held_by_one_client() throws Exception {
        at(configuration, first -> {
            assertThatThrownBy(() -> ResellerClient.open(configuration)).isInstanceOf(IOException.class);
            return first;
        });
    }

    @Test
    void a_torn_last_line_of_the_ledger_is_cut_off() throws Exception {
        register(vps("101", "customer-7"));
        Files.writeString(ledger("assets.ndjson"), "{\"asset\":\"clus", StandardOpenOption.APPEND);

        register(vps("101", "customer-7"));

        assertThat(hoster.registered.get(1).vpsRef())
                .isEqualTo(hoster.registered.get(0).vpsRef());
    }

    @Test
    void the_ledger_is_its_owners_alone() throws Exception {
        register(vps("101", "customer-7"));

        try (Stream<Path> files = Files.list(directory.resolve(ResellerClient.LEDGER))) {
            for (Path file : files.filter(path -> !path.endsWith("lock")).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file.getFileName())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void another_resellers_ledger_is_not_taken_over() throws Exception {
        register(vps("101", "customer-7"));
        Files.writeString(configuration, Files.readString(configuration).replace("palmstrand", "duinrand"));

        assertThatThrownBy(() -> register(vps("101", "customer-7"))).hasMessageContaining("another reseller");
    }

    @Test
    void a_configuration_without_a_reseller_says_what_is_missing() throws Exception {
        String text = Files.readString(configuration).replaceAll(",\"reseller\":\\{[^}]*}", "");
        Files.writeString(configuration, text);

        MalformedException malformed =
                catchThrowableOfType(MalformedException.class, () -> ResellerClient.open(configuration));
        assertThat(malformed.pointer()).isEqualTo("/reseller");
    }

    @Test
    void the_reseller_sees_what_the_hoster_holds() throws Exception {
        String view = at(configuration, ResellerClient::view);

        assertThat(view).isEqualTo("{}");
    }

    @Test
    void nothing_prints_a_customer_or_a_secret() throws Exception {
        at(configuration, client -> {
            assertThat(client + " " + Customer.of("customer-7") + vps("101", "customer-7"))
                    .doesNotContain("customer-7")
                    .doesNotContain("thirty-two");
            return client;
        });
    }

    private Registered register(Vps... machines) throws Exception {
        return at(configuration, client -> client.register(List.of(machines)));
    }

    private Path ledger(String name) {
        return directory.resolve(ResellerClient.LEDGER).resolve(name);
    }

    private static Vps vps(String vm, String customer) {
        return Vps.on("cluster-a", vm)
                .address("192.0.2." + (Integer.parseInt(vm) - 91))
                .mac("52:54:00:00:00:AA")
                .customer(Customer.of(customer))
                .since(SINCE);
    }

    private static BatchReceipt withVerdicts(BatchReceipt receipt, List<LineVerdict> verdicts) {
        return new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                receipt.batchId(),
                receipt.reseller(),
                receipt.seq(),
                receipt.batchDigest(),
                new ArrayList<>(verdicts),
                receipt.leafHash(),
                receipt.index(),
                receipt.entry(),
                receipt.opening(),
                receipt.proof());
    }
}
