// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.FakeGateway;
import org.sparekey.fake.Fault;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.RegistrationRecord;

/** A listing goes in as often as a timer likes: what is registered as it is stays unsent. */
class SyncTest {

    private static final String RESELLER = "palmstrand";

    private final FakeGateway gateway = FakeGateway.start();

    @TempDir
    Path directory;

    private Path configuration = Path.of("");

    @BeforeEach
    void enrol() throws IOException {
        gateway.assign(RESELLER, "10.0.0.0/8");
        configuration = gateway.enrol(RESELLER, directory);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void an_unchanged_fleet_is_not_sent_and_nobody_is_asked() throws Exception {
        assertThat(sync(fleet(1, 20), Listing.COMPLETE).count().registered()).isEqualTo(20);
        int before = gateway.requests().size();

        Synced again = sync(fleet(1, 20), Listing.COMPLETE);

        assertThat(again.count().unchanged()).isEqualTo(20);
        assertThat(again.count().batches()).isZero();
        assertThat(gateway.requests()).hasSize(before);
    }

    @Test
    void only_what_differs_is_sent() throws Exception {
        sync(fleet(1, 20), Listing.COMPLETE);
        List<Vps> next = new ArrayList<>(fleet(1, 20).toList());
        next.set(3, machine(4).customer(Customer.of("another")).since(FakeGateway.START));
        next.add(machine(21).since(FakeGateway.START));

        assertThat(compared(next.stream(), Listing.COMPLETE))
                .containsExactly(
                        new Change(Change.Kind.CHANGED, "cluster-a/4"), new Change(Change.Kind.NEW, "cluster-a/21"));
        assertThat(sync(next.stream(), Listing.COMPLETE).count().registered()).isEqualTo(2);
    }

    @Test
    void when_somebody_looked_is_no_change_and_since_when_it_is_so_is_one() throws Exception {
        sync(Stream.of(machine(1).observedAt(FakeGateway.START.minusSeconds(9))), Listing.PARTIAL);
        assertThat(compared(Stream.of(machine(1).observedAt(FakeGateway.START)), Listing.PARTIAL))
                .isEmpty();

        sync(Stream.of(machine(2).since(FakeGateway.START.minusSeconds(9))), Listing.PARTIAL);
        assertThat(compared(Stream.of(machine(2).since(FakeGateway.START.minusSeconds(8))), Listing.PARTIAL))
                .hasSize(1);
    }

    @Test
    void what_a_complete_listing_no_longer_has_is_ended() throws Exception {
        sync(fleet(1, 20), Listing.COMPLETE);
        gateway.clock().advance(Duration.ofMinutes(15));

        Synced synced = sync(fleet(2, 20), Listing.COMPLETE);

        assertThat(synced.count().ended()).isEqualTo(1);
        assertThat(ended()).containsExactly("1");
        assertThat(sync(fleet(2, 20), Listing.COMPLETE).count().batches()).isZero();
    }

    @Test
    void half_a_listing_ends_nothing_when_it_says_so() throws Exception {
        sync(fleet(1, 20), Listing.COMPLETE);

        assertThat(sync(fleet(1, 10), Listing.PARTIAL).count().batches()).isZero();
        assertThat(ended()).isEmpty();
    }

    @Test
    void half_a_listing_that_claims_to_be_whole_is_not_believed_without_a_person() throws Exception {
        sync(fleet(1, 20), Listing.COMPLETE);
        gateway.clock().advance(Duration.ofMinutes(15));

        assertThat(sync(fleet(1, 10), Listing.COMPLETE).count().endsWithheld()).isEqualTo(10);
        assertThat(ended()).isEmpty();

        assertThat(sync(fleet(1, 10), Listing.COMPLETE_AND_CONFIRMED).count().ended())
                .isEqualTo(10);
        assertThat(ended()).hasSize(10);
    }

    @Test
    void a_listing_that_has_none_of_a_small_fleet_is_not_believed_without_a_person() throws Exception {
        sync(fleet(1, 3), Listing.COMPLETE);
        gateway.clock().advance(Duration.ofMinutes(15));

        assertThat(sync(Stream.empty(), Listing.COMPLETE).count().endsWithheld())
                .isEqualTo(3);
        assertThat(sync(fleet(11, 40), Listing.COMPLETE).count().endsWithheld())
                .as("others instead, and many")
                .isEqualTo(3);
        assertThat(ended()).isEmpty();
        assertThat(sync(fleet(11, 40), Listing.COMPLETE_AND_CONFIRMED).count().ended())
                .isEqualTo(3);
    }

    @Test
    void a_listing_that_breaks_off_ends_nothing() throws Exception {
        sync(fleet(1, 4), Listing.COMPLETE);
        Iterator<Vps> breaking = Stream.concat(fleet(1, 2), Stream.generate(() -> {
                    throw new IllegalStateException("the node is gone");
                }))
                .iterator();

        assertThatThrownBy(() -> client(client -> client.sync(breaking, Listing.COMPLETE)))
                .hasMessage("the node is gone");
        assertThat(ended()).isEmpty();
    }

    @Test
    void a_machine_that_comes_back_under_its_number_is_another_machine() throws Exception {
        sync(fleet(1, 2), Listing.COMPLETE);
        gateway.clock().advance(Duration.ofMinutes(15));
        sync(fleet(1, 1), Listing.COMPLETE);
        gateway.clock().advance(Duration.ofMinutes(15));
        sync(
                Stream.of(
                        machine(1).since(FakeGateway.START),
                        machine(2).observedAt(gateway.clock().instant())),
                Listing.COMPLETE);

        List<RegistrationRecord> two = gateway.registered(RESELLER).stream()
                .filter(record -> record.vmId().orElse("").equals("2"))
                .toList();
        assertThat(two).extracting(RegistrationRecord::event).containsExactlyInAnyOrder(Event.END, Event.AMEND);
        assertThat(two).extracting(RegistrationRecord::vpsRef).doesNotHaveDuplicates();
    }

    @Test
    void a_machine_twice_in_a_listing_is_refused() {
        assertThatThrownBy(() -> sync(Stream.concat(fleet(1, 3), fleet(2, 2)), Listing.PARTIAL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(gateway.batches(RESELLER)).isZero();
    }

    @Test
    void a_refused_machine_is_named_and_sent_again_by_the_next_pass() throws Exception {
        Vps stranger = Vps.on("cluster-a", "9").address("192.0.2.9").since(FakeGateway.START);

        for (int pass = 0; pass < 2; pass++) {
            Synced synced = sync(Stream.concat(fleet(1, 2), Stream.of(stranger)), Listing.COMPLETE);
            assertThat(synced.refused()).singleElement().satisfies(refused -> {
                assertThat(refused.asset()).isEqualTo("cluster-a/9");
                assertThat(refused.code()).isEqualTo("PREFIX_NOT_ASSIGNED");
                assertThat(refused.pointer()).isEqualTo("/addresses/0/prefix");
            });
        }
        gateway.assign(RESELLER, "192.0.2.0/24");
        assertThat(sync(Stream.of(stranger), Listing.PARTIAL).count().registered())
                .isEqualTo(1);
    }

    /** The process dies wherever the gateway is told to lose what was sent; another goes on. */
    @Test
    void a_sync_that_broke_off_is_finished_by_the_next_one_and_nothing_is_registered_twice() throws Exception {
        gateway.next(Fault.ANSWER_LOST, Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        assertThatThrownBy(() -> sync(fleet(1, 5), Listing.COMPLETE)).isInstanceOf(GatewayException.Unreachable.class);

        Synced next = sync(fleet(1, 5), Listing.COMPLETE);

        assertThat(next.count().unchanged())
                .as("by the batch that was sent again")
                .isEqualTo(5);
        assertThat(gateway.batches(RESELLER)).isEqualTo(1);
        assertThat(gateway.registered(RESELLER)).hasSize(5);
    }

    @Test
    void many_machines_go_in_batches_and_progress_is_told() throws Exception {
        List<SyncCount> told = new ArrayList<>();
        int many = 2 * Synchronisation.BATCH + 500;
        try (ResellerClient client =
                ResellerClient.open(configuration, settings().progress(told::add))) {
            assertThat(client.sync(fleet(1, many).iterator(), Listing.COMPLETE)
                            .count()
                            .registered())
                    .isEqualTo(many);
        }
        assertThat(gateway.batches(RESELLER)).isEqualTo(3);
        assertThat(told).extracting(SyncCount::batches).isSorted().contains(1, 2, 3);
        assertThat(sync(fleet(1, many), Listing.COMPLETE).count().unchanged()).isEqualTo(many);
    }

    /** However long the listing: what was sent is let go of. */
    @Test
    void of_a_long_listing_no_more_than_a_batch_is_held() throws Exception {
        List<WeakReference<Vps>> given = new ArrayList<>();
        List<Long> held = new ArrayList<>();
        Stream<Vps> listing = fleet(1, 4 * Synchronisation.BATCH).peek(vps -> given.add(new WeakReference<>(vps)));
        ClientSettings settings = settings().progress(soFar -> {
            System.gc();
            held.add(given.stream().filter(vps -> vps.get() != null).count());
        });
        try (ResellerClient client = ResellerClient.open(configuration, settings)) {
            client.sync(listing.iterator(), Listing.PARTIAL);
        }
        assertThat(given).hasSize(4 * Synchronisation.BATCH);
        assertThat(held).hasSizeGreaterThan(4).allMatch(count -> count <= 2 * Synchronisation.BATCH);
    }

    private static Stream<Vps> fleet(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> machine(i).since(FakeGateway.START));
    }

    private static Vps.Description machine(int number) {
        return Vps.on("cluster-a", Integer.toString(number))
                .address("10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255))
                .customer(Customer.of("customer-" + number % 7));
    }

    private List<String> ended() {
        return gateway.registered(RESELLER).stream()
                .filter(record -> record.event() == Event.END)
                .map(record -> record.vmId().orElse(""))
                .toList();
    }

    private Synced sync(Stream<Vps> listing, Listing kind) throws Exception {
        return client(client -> client.sync(listing.iterator(), kind));
    }

    private List<Change> compared(Stream<Vps> listing, Listing kind) throws Exception {
        List<Change> changes = new ArrayList<>();
        client(client -> client.compare(listing.iterator(), kind, changes::add));
        return changes;
    }

    private ClientSettings settings() {
        return ClientSettings.usual().clock(gateway.clock()).pause(gateway.clock()::advance);
    }

    private <T> T client(ResellerClientTest.Use<T> use) throws Exception {
        try (ResellerClient client = ResellerClient.open(configuration, settings())) {
            return use.with(client);
        }
    }
}
