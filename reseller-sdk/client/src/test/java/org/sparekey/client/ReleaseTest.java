// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.FakeGateway;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.registration.HandOverRelease;
import org.sparekey.protocol.registration.RegistrationRecord;

/** A machine that is signed over is the giver's until somebody takes it over: nothing about it is final before. */
class ReleaseTest {

    private static final String RESELLER = "palmstrand";
    private static final Instant AT = FakeGateway.START.plusSeconds(60);

    private final FakeGateway gateway = FakeGateway.start();

    @TempDir
    Path directory;

    private Path configuration = Path.of("");

    @BeforeEach
    void register() throws Exception {
        gateway.assign(RESELLER, "10.0.0.0/8");
        configuration = gateway.enrol(RESELLER, directory);
        client(client -> client.register(List.of(machine().since(FakeGateway.START))));
        gateway.clock().advance(Duration.ofHours(1));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void a_release_for_the_wrong_receiver_or_instant_is_made_anew_under_the_same_name() throws Exception {
        String wrong = client(client -> client.release("cluster-a", "1", "wrong-one", AT));
        String right = client(client -> client.release("cluster-a", "1", "right-one", AT));
        String later = client(client -> client.release("cluster-a", "1", "right-one", AT.plusSeconds(60)));

        assertThat(read(right).receiver()).isEqualTo("right-one");
        assertThat(read(later).at()).isEqualTo(AT.plusSeconds(60));
        assertThat(List.of(
                        read(wrong).vpsRef(), read(right).vpsRef(), read(later).vpsRef()))
                .containsOnly(only().vpsRef());
        String again = client(client -> client.release("cluster-a", "1", "right-one", AT.plusSeconds(60)));
        String unsaid = client(client -> client.release("cluster-a", "1", "right-one"));
        assertThat(List.of(again, unsaid)).as("asked again").containsOnly(later);
    }

    @Test
    void still_listed_it_keeps_its_name_and_a_later_line_takes_it_back() throws Exception {
        RegistrationRecord before = only();
        client(client -> client.release("cluster-a", "1", "somebody", AT));
        Synced same = client(client ->
                client.sync(List.of(machine().since(FakeGateway.START)).iterator(), Listing.PARTIAL));
        assertThat(same.count().batches()).as("nothing to say").isZero();
        assertThat(alive()).as("no listing ends it").isEmpty();

        client(client -> client.sync(List.of(machine().since(AT.plusSeconds(1))).iterator(), Listing.PARTIAL));

        assertThat(gateway.registered(RESELLER)).hasSize(1);
        assertThat(only().vpsRef()).isEqualTo(before.vpsRef());
        assertThat(only().tenancyRef()).isEqualTo(before.tenancyRef());
        assertThat(alive()).containsExactly("cluster-a/1");
    }

    @Test
    void what_is_pending_is_sent_before_a_release_is_signed() throws Exception {
        gateway.next(Fault.REQUEST_LOST, Fault.REQUEST_LOST, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        assertThatThrownBy(() -> client(client -> client.end("cluster-a", "1", AT)))
                .isInstanceOf(GatewayException.class);

        assertThatThrownBy(() -> client(client -> client.release("cluster-a", "1", "somebody", AT)))
                .isInstanceOf(IllegalArgumentException.class);

        boolean pending = client(ResellerClient::hasPending);
        assertThat(pending).isFalse();
    }

    private List<String> alive() throws Exception {
        List<String> alive = new ArrayList<>();
        client(client -> client.compare(
                List.<Vps>of().iterator(), Listing.COMPLETE_AND_CONFIRMED, change -> alive.add(change.asset())));
        return alive;
    }

    private RegistrationRecord only() {
        return gateway.registered(RESELLER).get(0);
    }

    private static HandOverRelease read(String compact) throws Exception {
        return HandOverRelease.read(SignedDocument.parse(compact));
    }

    private static Vps.Description machine() {
        return Vps.on("cluster-a", "1").address("10.0.0.1").customer(Customer.of("customer-7"));
    }

    private <T> T client(ResellerClientTest.Use<T> use) throws Exception {
        ClientSettings settings = ClientSettings.usual().clock(gateway.clock()).pause(gateway.clock()::advance);
        try (ResellerClient client = ResellerClient.open(configuration, settings)) {
            return use.with(client);
        }
    }
}
