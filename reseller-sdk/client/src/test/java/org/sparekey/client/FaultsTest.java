// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.FakeGateway;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.registration.ReceiptCheck;

/** What a client does when a call goes wrong in every way that the fake gateway knows. */
class FaultsTest {

    private static final String RESELLER = "palmstrand";

    private final FakeGateway gateway = FakeGateway.start();
    private final List<Duration> waits = new ArrayList<>();

    @TempDir
    Path directory;

    private Path configuration = Path.of("");

    @BeforeEach
    void enrol() throws IOException {
        gateway.assign(RESELLER, "192.0.2.0/24");
        configuration = gateway.enrol(RESELLER, directory);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void a_lost_answer_is_asked_for_again_and_nothing_is_registered_twice() throws Exception {
        gateway.next(Fault.ANSWER_LOST, Fault.ANSWER_LOST);

        assertThat(register(settings())).isInstanceOf(Registered.Proven.class);
        assertThat(gateway.batches(RESELLER)).isEqualTo(1);
        assertThat(gateway.requests()).hasSize(3);
        assertThat(keys()).as("one idempotency key").hasSize(1);
        assertThat(signatures()).as("each attempt signed anew").hasSize(3);
    }

    @Test
    void a_passing_fault_is_waited_for_and_no_more_than_four_attempts_are_made() throws Exception {
        for (Fault fault : List.of(Fault.REQUEST_LOST, Fault.UNAVAILABLE, Fault.BROKEN, Fault.TOO_MANY_REQUESTS)) {
            int before = gateway.requests().size();
            gateway.next(fault, fault, fault);
            assertThat(register(settings())).as("%s", fault).isInstanceOf(Registered.Proven.class);
            assertThat(gateway.requests()).hasSize(before + 4);
        }
        gateway.next(IntStream.range(0, 4).mapToObj(i -> Fault.UNAVAILABLE).toArray(Fault[]::new));

        assertThatThrownBy(() -> register(settings()))
                .isInstanceOfSatisfying(GatewayException.Refused.class, refused -> {
                    assertThat(refused.mayPass()).isTrue();
                    assertThat(refused.requestId().orElse("")).startsWith("urn:uuid:");
                });
    }

    @Test
    void a_client_waits_as_long_as_the_gateway_asks_for() throws Exception {
        gateway.next(Fault.TOO_MANY_REQUESTS);

        register(settings());

        assertThat(waits)
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_500)));
    }

    @Test
    void a_wait_beyond_the_deadline_is_not_begun() {
        gateway.next(Fault.TOO_MANY_REQUESTS);

        assertThatThrownBy(() -> register(settings().deadline(Duration.ofSeconds(6))))
                .isInstanceOfSatisfying(
                        GatewayException.Refused.class,
                        refused -> assertThat(refused.retryAfter()).contains(Duration.ofSeconds(7)));
        assertThat(waits).isEmpty();
        assertThat(gateway.requests()).hasSize(1);
    }

    @Test
    void what_is_being_worked_on_is_not_asked_for_again_and_again() throws Exception {
        gateway.next(Fault.IN_PROGRESS);

        assertThatThrownBy(() -> register(settings())).isInstanceOf(GatewayException.Refused.class);
        assertThat(gateway.requests()).hasSize(1);
        assertThat(client(ResellerClient::hasPending)).isTrue();
        assertThat(client(ResellerClient::resume)).containsInstanceOf(Registered.Proven.class);
    }

    @Test
    void an_old_token_is_renewed_without_anybody_noticing() throws Exception {
        register(settings());
        gateway.next(Fault.TOKEN_EXPIRED);

        assertThat(register(settings())).isInstanceOf(Registered.Proven.class);
        assertThat(waits).isEmpty();
    }

    @Test
    void a_forged_and_an_altered_answer_are_never_believed_nor_asked_for_again() {
        for (Fault fault : List.of(Fault.ANSWER_FORGED, Fault.ANSWER_ALTERED)) {
            gateway.next(fault);
            assertThatThrownBy(() -> register(settings()))
                    .as("%s", fault)
                    .isInstanceOf(GatewayException.NotAuthentic.class);
        }
        assertThat(gateway.requests()).hasSize(2);
    }

    @Test
    void a_download_that_is_forged_altered_or_cut_leaves_the_file_that_was_there() throws Exception {
        Path file = directory.resolve("held.ndjson");
        Files.writeString(file, "an earlier one");
        for (Fault fault : List.of(Fault.ANSWER_FORGED, Fault.ANSWER_ALTERED)) {
            gateway.next(fault);
            assertThatThrownBy(() -> dump(file)).as("%s", fault).isInstanceOf(GatewayException.NotAuthentic.class);
        }
        gateway.next(Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        assertThatThrownBy(() -> dump(file)).isInstanceOf(GatewayException.class);
        assertThat(file).hasContent("an earlier one");
        assertThat(file.resolveSibling("held.ndjson.new")).doesNotExist();

        gateway.next(Fault.ANSWER_LOST);
        dump(file);
        assertThat(Files.readString(file)).contains("\"held\"").doesNotContain("an earlier one");
        assertThat(file.resolveSibling("held.ndjson.new")).doesNotExist();
    }

    private void dump(Path file) throws Exception {
        client(client -> {
            client.dump(file);
            return true;
        });
    }

    @Test
    void a_forged_receipt_inside_an_authentic_answer_is_not_believed() {
        gateway.next(Fault.RECEIPT_FORGED);

        assertThat(catchThrowableOfType(GatewayException.ReceiptFails.class, () -> register(settings()))
                        .outcome())
                .isEqualTo(ReceiptCheck.Outcome.VERDICTS_DIFFER);
        assertThat(directory.resolve(ResellerClient.LEDGER).resolve("batch-00000001.receipt-fails.json"))
                .exists();
    }

    @Test
    void a_clock_wrong_by_hours_registers_nothing_and_loses_nothing() throws Exception {
        assertThatThrownBy(() -> register(settings().clock(gateway.clock().wrongBy(Duration.ofHours(3)))))
                .isInstanceOf(GatewayException.NotAuthorised.class);
        assertThat(gateway.batches(RESELLER)).isZero();

        assertThat(client(ResellerClient::resume)).containsInstanceOf(Registered.Proven.class);
        assertThat(gateway.registered(RESELLER)).hasSize(1);
    }

    @Test
    void a_slow_log_is_pending_until_its_proof_is_fetched() throws Exception {
        gateway.next(Fault.LOG_SLOW);
        assertThat(register(settings())).isInstanceOf(Registered.Pending.class);

        gateway.next(Fault.LOG_SLOW);
        assertThat(client(ResellerClient::prove)).containsExactly(1L);
        assertThat((Object) client(client -> client.checkReceipt(1))).isEqualTo(ReceiptCheck.Outcome.PENDING);
        assertThat(client(ResellerClient::prove)).isEmpty();
        assertThat((Object) client(client -> client.checkReceipt(1))).isEqualTo(ReceiptCheck.Outcome.PROVEN);
    }

    @Test
    void no_exception_tells_a_machine_or_a_customer_or_a_path() {
        for (Fault fault : Fault.values()) {
            gateway.next(fault, fault, fault, fault);
            try {
                assertThat(register(settings()).toString()).doesNotContain("customer-7");
            } catch (Exception e) {
                assertThat(all(e)).doesNotContain("customer-7", "192.0.2.10", "cluster-a", directory.toString());
            }
        }
    }

    private static String all(Throwable e) {
        StringBuilder text = new StringBuilder();
        for (Throwable one = e; one != null; one = one.getCause()) {
            text.append(one).append('\n');
        }
        return text.toString();
    }

    private ClientSettings settings() {
        return ClientSettings.usual().clock(gateway.clock()).pause(time -> {
            waits.add(time);
            gateway.clock().advance(time);
        });
    }

    private Registered register(ClientSettings settings) throws Exception {
        try (ResellerClient client = ResellerClient.open(configuration, settings)) {
            Instant since = gateway.clock().instant().minusSeconds(60);
            return client.register(List.of(Vps.of("cluster-a", "101", "192.0.2.10", Customer.of("customer-7"), since)));
        }
    }

    private <T> T client(ResellerClientTest.Use<T> use) throws Exception {
        try (ResellerClient client = ResellerClient.open(configuration, settings())) {
            return use.with(client);
        }
    }

    private List<String> keys() {
        return gateway.requests().stream()
                .flatMap(request -> request.headers().value("idempotency-key").stream())
                .distinct()
                .toList();
    }

    private List<String> signatures() {
        return gateway.requests().stream()
                .flatMap(request -> request.headers().value("signature").stream())
                .distinct()
                .toList();
    }
}
