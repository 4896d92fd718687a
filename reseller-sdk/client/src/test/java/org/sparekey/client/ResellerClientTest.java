// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.AssuranceLevel;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.Pseudonym;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationRecord;
import org.sparekey.protocol.tree.NoteSigner;

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

    /** Waits take no time. */
    static ClientSettings settings() {
        return ClientSettings.usual()
                .clock(InstantSource.fixed(TestHoster.NOW))
                .random(new SecureRandom())
                .pause(time -> {});
    }

    static <T> T at(Path configuration, Use<T> use) throws Exception {
        try (ResellerClient client = ResellerClient.open(configuration, settings())) {
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

        assertThat(registered).isInstanceOfSatisfying(Registered.Proven.class, proven -> {
            assertThat(proven.refusedLines()).hasSize(1);
            assertThat(proven.refused()).singleElement().satisfies(bad -> {
                assertThat(bad.asset()).isEqualTo("cluster-of-another/666");
                assertThat(bad.code()).isEqualTo("FOREIGN_ASSET");
                assertThat(bad.pointer()).isEqualTo("/cluster");
            });
        });
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

        assertThat(catchThrowableOfType(GatewayException.ReceiptFails.class, () -> register(vps("101", "customer-7")))
                        .outcome())
                .isEqualTo(ReceiptCheck.Outcome.VERDICTS_DIFFER);
    }

    @Test
    void a_receipt_whose_checkpoint_nobody_signed_is_an_exception() {
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

        assertThatThrownBy(() -> register(vps("101", "customer-7"))).isInstanceOf(GatewayException.ReceiptFails.class);
        assertThat(ledger("batch-00000001.receipt-fails.json"))
                .as("kept: evidence against the gateway")
                .exists();
    }

    @Test
    void a_receipt_of_a_log_that_is_not_pinned_is_an_exception() throws Exception {
        NoteSigner another = new NoteSigner("demo.sparekey.invalid/log/registry/2026", new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        String pinned = Files.readString(configuration);
        Files.writeString(
                configuration,
                pinned.replaceAll(
                        "\"logKeys\":\\[\"[^\"]*\"",
                        "\"logKeys\":[\"" + another.key().vkey() + "\""));

        assertThat(catchThrowableOfType(GatewayException.ReceiptFails.class, () -> register(vps("101", "customer-7")))
                        .outcome())
                .isEqualTo(ReceiptCheck.Outcome.NOT_IN_THE_LOG);
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

    @Test
    void nothing_that_the_client_keeps_prints_a_customer_a_salt_or_the_secret() throws Exception {
        RecordMaker maker = new RecordMaker(TestHoster.SECRET, TestHoster.LEGAL_NAME, new SecureRandom());
        RecordMaker.Made made = maker.make(vps("101", "customer-7"), Optional.empty());
        AssetRefs refs = made.refs().get(0);
        String printed = String.join(
                " ",
                maker.toString(),
                made.refs().toString(),
                made.openings().toString(),
                new LineRefs(0, refs).toString(),
                settings().toString(),
                new RefusedMachine(refs.asset(), 2, "FOREIGN_ASSET", "/vmId").toString());

        assertThat(printed)
                .doesNotContain("customer-7")
                .doesNotContain("thirty-two")
                .doesNotContain(made.openings()
                        .get(0)
                        .salts()
                        .values()
                        .iterator()
                        .next()
                        .base64url());
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
