// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.client.ClientSettings;
import org.sparekey.client.Customer;
import org.sparekey.client.GatewayException;
import org.sparekey.client.Listing;
import org.sparekey.client.RefusedMachine;
import org.sparekey.client.Registered;
import org.sparekey.client.ResellerClient;
import org.sparekey.client.Synced;
import org.sparekey.client.Vps;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.registration.AssetKind;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.CaptureMeans;
import org.sparekey.protocol.registration.CustomerRole;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationHead;

/**
 * What a reseller may rely on, told through the client. A subclass names the gateway; every machine of a run has a number
 * of its own, so that one gateway serves all tests.
 */
public abstract class ResellerContract {

    private static final String CLUSTER = "contract-1";
    private static final AtomicInteger NUMBERS = new AtomicInteger(1);
    private static final AtomicInteger NAMES = new AtomicInteger(1);

    @TempDir
    Path temp;

    protected abstract GatewayUnderTest gateway();

    @Test
    void a_batch_is_proven_and_the_hoster_shows_it() throws Exception {
        Vps vps = machine().since(since());

        Registered registered = reseller(client -> client.register(List.of(vps)));

        assertThat(registered).isInstanceOf(Registered.Proven.class);
        String view = reseller(ResellerClient::view);
        assertThat(view)
                .contains("\"" + vps.vm() + "\"")
                .contains(vps.addresses().get(0));
        assertThat(view).doesNotContain(customer(vps));
    }

    @Test
    void every_kind_of_machine_and_of_address_is_registered_as_it_was_said() throws Exception {
        String shared = address();
        List<Vps> machines = List.of(
                Vps.on(CLUSTER, name())
                        .kind(AssetKind.CONTAINER, CaptureMeans.NODE_AGENT)
                        .address(address())
                        .since(since()),
                Vps.on(CLUSTER, name())
                        .kind(AssetKind.DEDICATED, CaptureMeans.ON_SITE)
                        .node(name())
                        .address(address())
                        .customerRole(CustomerRole.ONWARD_SELLER)
                        .since(since()),
                Vps.on(CLUSTER, name())
                        .kind(AssetKind.COLO, CaptureMeans.NONE)
                        .node(name())
                        .range("10.1.250.3", "10.1.250.6")
                        .since(since()),
                Vps.on(CLUSTER, name())
                        .kind(AssetKind.SHARED_HOST, CaptureMeans.HOSTER)
                        .address(address())
                        .since(since()),
                Vps.on(CLUSTER, name())
                        .ports(shared, "tcp", 20_000, 20_999)
                        .reviewBeforeCapture()
                        .since(since()),
                Vps.on(CLUSTER, name()).ports(shared, "tcp", 21_000, 21_999).since(since()));

        assertThat(refused(reseller(client -> client.register(machines)))).isEmpty();

        String view = reseller(ResellerClient::view);
        assertThat(view)
                .contains("\"CONTAINER\"", "\"DEDICATED\"", "\"COLO\"", "\"SHARED_HOST\"", "\"ONWARD_SELLER\"")
                .contains("10.1.250.3", "10.1.250.4/31", "10.1.250.6")
                .contains("\"portFrom\":20000", "\"portTo\":21999")
                .contains("\"reviewBeforeCapture\":true");
    }

    @Test
    void the_same_batch_has_the_same_answer_for_ever() throws Exception {
        reseller(client -> client.register(List.of(machine().since(since()))));
        Path ledger = ledger(GatewayUnderTest.RESELLER);
        Path saved = temp.resolve("saved");
        BatchReceipt first = receipt();
        copy(ledger, saved);
        set(ledger.resolve("state.json"), "\"pending\":" + first.seq() + ",", "\"seq\":" + (first.seq() - 1));

        assertThat(reseller(ResellerClient::resume)).containsInstanceOf(Registered.Proven.class);

        BatchReceipt again = receipt();
        assertThat(again.batchId()).isEqualTo(first.batchId());
        assertThat(again.index()).isEqualTo(first.index());
        assertThat(again.entry()).isEqualTo(first.entry());
    }

    @Test
    void a_bad_line_is_named_with_code_and_pointer_and_the_others_count() throws Exception {
        Vps outside = Vps.on(CLUSTER, name()).address("192.0.2.1").since(since());
        Vps early = machine().since(gateway().clock().instant().plus(Duration.ofHours(1)));
        Vps unknown = Vps.on(CLUSTER, name()).ended().since(since());
        Vps good = machine().since(since());

        assertThat(refused(reseller(client -> client.register(List.of(outside, early, unknown, good)))))
                .extracting(bad -> bad.asset() + " " + bad.code() + " " + bad.pointer())
                .containsExactlyInAnyOrder(
                        outside.asset() + " PREFIX_NOT_ASSIGNED /addresses/0/prefix",
                        early.asset() + " VALID_FROM_AHEAD /validFrom",
                        unknown.asset() + " UNKNOWN_VPS_REF /vpsRef");
        assertThat(reseller(ResellerClient::view))
                .contains("\"" + good.vm() + "\"")
                .doesNotContain("\"" + early.vm() + "\"");
    }

    @Test
    void another_resellers_machine_and_prefix_are_refused() throws Exception {
        Vps his = machine().uuid(uuid()).since(since());
        reseller(client -> client.register(List.of(his)));

        Vps stolen = Vps.on(CLUSTER, his.vm()).address(otherAddress()).since(since());
        Vps cloned = Vps.on(CLUSTER, name())
                .uuid(his.uuid().orElseThrow())
                .address(otherAddress())
                .since(since());
        Vps address = Vps.on(CLUSTER, name()).address(address()).since(since());

        assertThat(refused(other(client -> client.register(List.of(stolen, cloned, address)))))
                .extracting(bad -> bad.asset() + " " + bad.code() + " " + bad.pointer())
                .containsExactlyInAnyOrder(
                        stolen.asset() + " FOREIGN_ASSET /vmId",
                        cloned.asset() + " FOREIGN_ASSET /uuid",
                        address.asset() + " PREFIX_NOT_ASSIGNED /addresses/0/prefix");
    }

    @Test
    void a_ledger_that_lags_behind_is_refused_and_nothing_is_done() throws Exception {
        reseller(client -> client.register(List.of(machine().since(since()))));
        copy(ledger(GatewayUnderTest.RESELLER), temp.resolve("old"));
        reseller(client -> client.register(List.of(machine().since(since()))));
        Vps late = machine().since(since());
        Path newer = temp.resolve("newer");
        copy(ledger(GatewayUnderTest.RESELLER), newer);
        copy(temp.resolve("old"), ledger(GatewayUnderTest.RESELLER));
        try {
            assertThat((Object) reseller(client -> client.register(List.of(late))))
                    .isInstanceOfSatisfying(
                            Registered.Refused.class,
                            refused -> assertThat(refused.problem().problem()).contains(Problem.BATCH_OUT_OF_SEQUENCE));
        } finally {
            copy(newer, ledger(GatewayUnderTest.RESELLER));
        }
        assertThat(reseller(ResellerClient::view)).doesNotContain("\"" + late.vm() + "\"");
    }

    @Test
    void each_side_notices_when_the_other_is_not_where_it_should_be() throws Exception {
        reseller(client -> client.register(List.of(machine().since(since()))));
        Path old = temp.resolve("old");
        copy(ledger(GatewayUnderTest.RESELLER), old);
        reseller(client -> client.register(List.of(machine().since(since()))));
        assertThat((Object) reseller(ResellerClient::standing)).isEqualTo(RegistrationHead.Standing.IN_STEP);

        Path newer = temp.resolve("newer");
        copy(ledger(GatewayUnderTest.RESELLER), newer);
        copy(old, ledger(GatewayUnderTest.RESELLER));
        try {
            assertThat((Object) reseller(ResellerClient::standing)).isEqualTo(RegistrationHead.Standing.GATEWAY_AHEAD);
        } finally {
            copy(newer, ledger(GatewayUnderTest.RESELLER));
        }
    }

    @Test
    void all_that_is_held_can_be_had_as_one_file_and_holds_no_customer() throws Exception {
        Vps vps = machine().since(since());
        reseller(client -> client.register(List.of(vps)));
        Path dump = temp.resolve("dump.ndjson");

        String reconciliation = reseller(client -> {
            client.dump(dump);
            return client.reconciliation();
        });

        assertThat(Files.readAllLines(dump)).anyMatch(line -> line.startsWith("{\"held\":\"line\""));
        assertThat(Files.readString(dump)).doesNotContain(customer(vps));
        assertThat(reconciliation).contains("\"reconciliation-view\"");
    }

    @Test
    void an_ended_machine_is_gone_and_its_number_may_be_another_machine() throws Exception {
        Vps first = machine().since(since());
        reseller(client -> client.register(List.of(first)));
        assertThat(refused(reseller(client -> client.end(CLUSTER, first.vm(), since().plusSeconds(1)))))
                .isEmpty();

        Vps second = Vps.on(CLUSTER, first.vm()).address(address()).since(since().plusSeconds(2));
        assertThat(refused(reseller(client -> client.register(List.of(second)))))
                .isEmpty();
    }

    @Test
    void an_address_moves_in_one_line_or_not_at_all() throws Exception {
        Vps from = machine().since(since());
        Vps to = machine().since(since());
        String address = from.addresses().get(0);
        reseller(client -> client.register(List.of(from, to)));
        Instant at = since().plusSeconds(5);
        Vps without = Vps.on(CLUSTER, from.vm()).since(at);
        Vps with = Vps.on(CLUSTER, to.vm())
                .address(to.addresses().get(0))
                .address(address)
                .since(at);

        assertThat(refused(reseller(client -> client.moveAddress(address, without, with))))
                .isEmpty();

        Vps again = Vps.on(CLUSTER, from.vm()).since(at.plusSeconds(5));
        Vps twice = Vps.on(CLUSTER, to.vm()).address(address).since(at.plusSeconds(5));
        assertThat(refused(reseller(client -> client.moveAddress(address, again, twice))))
                .as("it is not his any more")
                .extracting(RefusedMachine::code)
                .containsOnly("ADDRESS_NOT_HELD");
    }

    @Test
    void a_machine_is_handed_over_by_two_signatures_and_by_no_fewer() throws Exception {
        Vps given = machine().since(since());
        reseller(client -> client.register(List.of(given)));
        Instant at = since().plusSeconds(5);
        String release = reseller(client -> client.release(CLUSTER, given.vm(), GatewayUnderTest.OTHER_RESELLER, at));
        Vps taken = Vps.on(CLUSTER, given.vm())
                .address(otherAddress())
                .customer(Customer.of("next"))
                .since(at);

        assertThat(refused(other(client -> client.register(List.of(taken)))))
                .as("without the release")
                .extracting(RefusedMachine::code)
                .containsExactly("FOREIGN_ASSET");
        assertThat(refused(other(client -> client.takeOver(taken, release, false))))
                .isEmpty();
        assertThat(refused(reseller(client -> client.register(
                        List.of(Vps.on(CLUSTER, given.vm()).address(address()).since(at.plusSeconds(5)))))))
                .as("it is the other's now")
                .extracting(RefusedMachine::code)
                .containsExactly("FOREIGN_VPS_REF");
    }

    @Test
    void a_listing_is_sent_once_and_then_only_what_differs() throws Exception {
        List<Vps> fleet = IntStream.range(0, 5)
                .mapToObj(i -> machine().observedAt(since()))
                .toList();
        assertThat(reseller(client -> client.sync(fleet.iterator(), Listing.PARTIAL))
                        .count()
                        .registered())
                .isEqualTo(5);

        List<Vps> next = new ArrayList<>(fleet.subList(0, 4));
        next.add(machine().observedAt(since()));
        Synced synced = reseller(client -> client.sync(next.iterator(), Listing.PARTIAL));

        assertThat(synced.count().unchanged()).isEqualTo(4);
        assertThat(synced.count().registered()).isEqualTo(1);
    }

    @Test
    void a_clock_wrong_by_hours_registers_nothing() throws Exception {
        InstantSource wrong = () -> gateway().clock().instant().minus(Duration.ofHours(5));
        Vps vps = machine().since(since());

        assertThatThrownBy(() -> with(
                        GatewayUnderTest.RESELLER, settings().clock(wrong), client -> client.register(List.of(vps))))
                .isInstanceOf(GatewayException.NotAuthorised.class);
        assertThat(reseller(ResellerClient::view)).doesNotContain("\"" + vps.vm() + "\"");
        assertThat(reseller(ResellerClient::resume)).as("nothing is lost").containsInstanceOf(Registered.Proven.class);
    }

    @Test
    void every_kept_receipt_holds_without_the_gateway() throws Exception {
        reseller(client ->
                client.register(List.of(machine().since(since()), machine().since(since()))));

        reseller(client -> {
            for (long batch = 1; batch <= client.lastBatch(); batch++) {
                assertThat((Object) client.checkReceipt(batch)).isEqualTo(ReceiptCheck.Outcome.PROVEN);
            }
            return client;
        });
    }

    /** What a test does with a client. */
    protected interface Use<T> {
        T with(ResellerClient client) throws Exception;
    }

    private <T> T reseller(Use<T> use) throws Exception {
        return with(GatewayUnderTest.RESELLER, settings(), use);
    }

    private <T> T other(Use<T> use) throws Exception {
        return with(GatewayUnderTest.OTHER_RESELLER, settings(), use);
    }

    private <T> T with(String reseller, ClientSettings settings, Use<T> use) throws Exception {
        try (ResellerClient client = ResellerClient.open(gateway().configuration(reseller), settings)) {
            return use.with(client);
        }
    }

    private ClientSettings settings() {
        return ClientSettings.usual().clock(gateway().clock()).pause(gateway().pause());
    }

    private static List<RefusedMachine> refused(Registered registered) {
        assertThat(registered).isInstanceOf(Registered.Proven.class);
        return ((Registered.Proven) registered).refused();
    }

    private BatchReceipt receipt() throws Exception {
        return reseller(client -> client.keptReceipt(client.lastBatch()).orElseThrow());
    }

    private Vps.Description machine() {
        String name = name();
        return Vps.on(CLUSTER, name).address(address()).customer(Customer.of("customer-of-" + name));
    }

    private static String customer(Vps vps) {
        return vps.customer().orElseThrow().id();
    }

    private static String name() {
        return "contract-vm-" + NAMES.getAndIncrement();
    }

    private static String uuid() {
        return "6f1b1c7e-0000-4000-8000-%012x".formatted(NUMBERS.getAndIncrement());
    }

    private static String address() {
        int number = NUMBERS.getAndIncrement();
        return "10.1.%d.%d".formatted(number >> 8, number & 255);
    }

    private static String otherAddress() {
        int number = NUMBERS.getAndIncrement();
        return "10.2.%d.%d".formatted(number >> 8, number & 255);
    }

    /** After the hoster assigned the prefixes, and long enough ago that what follows lies in the past too. */
    private Instant since() {
        return gateway()
                .clock()
                .instant()
                .truncatedTo(ChronoUnit.MINUTES)
                .minus(gateway().knownFor().dividedBy(2));
    }

    private Path ledger(String reseller) throws IOException {
        return gateway().configuration(reseller).resolveSibling(ResellerClient.LEDGER);
    }

    /** As if the process had died before it wrote down that the batch was accepted. */
    private static void set(Path state, String pending, String seq) throws IOException {
        String text = Files.readString(state);
        Files.writeString(state, text.replaceFirst("\\{", "{" + pending).replaceFirst("\"seq\":\\d+", seq));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            files.filter(file -> !file.endsWith("lock")).forEach(file -> {
                try {
                    Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
