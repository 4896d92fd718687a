// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.registration.FieldCommitment;
import org.sparekey.protocol.registration.FieldCommitment.Field;
import org.sparekey.protocol.registration.RegistrationRecord;

/** What lies beside the configuration survives crashes, refusals and strangers. */
class LedgerTest {

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

    /** The gateway took the batch in, the answer was lost, the reseller's process died: the same batch, once more. */
    @Test
    void an_unanswered_batch_is_sent_again_byte_for_byte_by_the_next_run() throws Exception {
        hoster.door.breakAnswersAfter(3);
        assertThatThrownBy(() -> register(vps("101", "customer-7"))).isInstanceOf(GatewayException.Unreachable.class);
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
        for (String vm : List.of("101", "102")) {
            assertThatThrownBy(() -> register(vps(vm, "customer-7")))
                    .isInstanceOfSatisfying(GatewayException.Refused.class, refused -> {
                        assertThat(refused.mayPass()).isTrue();
                        assertThat(refused.problem().flatMap(ProblemDetails::problem))
                                .contains(Problem.LOG_UNAVAILABLE);
                        assertThat(refused.requestId()).contains("urn:uuid:0");
                    });
        }
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
        ResellerClientTest.at(configuration, first -> {
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

    private Registered register(Vps... machines) throws Exception {
        return ResellerClientTest.at(configuration, client -> client.register(List.of(machines)));
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
}
