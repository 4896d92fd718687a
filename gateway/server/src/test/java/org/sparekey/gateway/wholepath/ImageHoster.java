// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.client.CsvException;
import org.sparekey.client.CsvInventory;
import org.sparekey.client.Registered;
import org.sparekey.client.ResellerClient;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.inventory.Imported;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.inventory.Poll;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.disk.DemoDisk;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.World;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A gateway over HTTPS whose guests are image files: the hoster's tables are imported, the reseller has registered
 * through his SDK, and the whole path of an order can be gone.
 */
public final class ImageHoster implements AutoCloseable {

    static final String CLUSTER = "ams-1";
    static final String ADDRESS = "192.0.2.7";
    static final String NEXT_ADDRESS = "192.0.2.8";
    static final String CUSTOMER = "C-0042-invented";
    static final String NEXT_CUSTOMER = "C-0043-invented";

    private static final String VM = "101";
    private static final String NEXT_VM = "102";
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final Duration SEEN_AGO = Duration.ofMinutes(10);

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Path guests;
    private final Path evidence;
    private final Turnstile turnstile;
    private final GatewayFixture gateway;

    private ImageHoster(Path directory, GatewayFixture gateway, Turnstile turnstile) {
        this.guests = directory.resolve("hypervisor");
        this.evidence = directory.resolve("evidence");
        this.gateway = gateway;
        this.turnstile = turnstile;
    }

    /** The one of this JVM, started at the first call; tests leave it as they found it. */
    public static ImageHoster shared() {
        return Shared.HOSTER;
    }

    /** One of its own; the caller closes it. */
    @SafeVarargs
    static ImageHoster start(Consumer<GenericApplicationContext>... beans) {
        return start(Map.of(), beans);
    }

    /** With further properties. */
    @SafeVarargs
    static ImageHoster start(Map<String, String> more, Consumer<GenericApplicationContext>... beans) {
        try {
            Path directory = Files.createTempDirectory("sparekey-hoster-");
            writeGuests(Files.createDirectories(directory.resolve("hypervisor")));
            Turnstile turnstile = new Turnstile();
            GatewayFixture gateway = GatewayFixture.start(properties(directory, more), context -> {
                context.registerBean("turnstile", Failpoint.class, () -> turnstile, bean -> bean.setPrimary(true));
                for (Consumer<GenericApplicationContext> each : beans) {
                    each.accept(context);
                }
            });
            ImageHoster hoster = new ImageHoster(directory, gateway, turnstile);
            hoster.importAndRegister();
            return hoster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GatewayFixture gateway() {
        return gateway;
    }

    public World world() {
        return gateway.world();
    }

    public Cast cast() {
        return world().cast();
    }

    /** Where sealed copies lie. */
    Path evidence() {
        return evidence;
    }

    Turnstile turnstile() {
        return turnstile;
    }

    public OrderDesk letters() {
        return new OrderDesk(world(), clock, random);
    }

    CaseDesk desk() {
        return new CaseDesk(gateway, clock, random);
    }

    /** An instant at which the reseller's customer had the address for certain. */
    Instant seen() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(SEEN_AGO);
    }

    /** An order for the disk, with the judge, that lies on the officers' table. */
    public OrderStatus review() {
        return review(letters().disk(ADDRESS, seen()));
    }

    OrderStatus review(OrderDesk.Letter letter) {
        OrderStatus order = desk().submit(letter);
        assertThat(order.state()).as(order.reason().toString()).isEqualTo("review");
        return order;
    }

    /** Both officers sign. */
    OrderStatus approve(OrderStatus order) {
        OrderStatus last = order;
        for (Actor officer : cast().officers()) {
            last = desk().release(officer, last);
        }
        return last;
    }

    /** The path up to a delivery that can be fetched. */
    public OrderStatus available(OrderStatus review) {
        Turnstile.Gate done = turnstile.watch("evidence.available");
        OrderStatus approved = approve(review);
        done.await();
        OrderStatus order = desk().status(approved.orderId());
        assertThat(order.state()).as(order.reason().toString()).isEqualTo("available");
        return order;
    }

    /** The target's disk is no longer where the hypervisor says. */
    void loseDisk() throws IOException {
        Files.delete(guests.resolve("vps-" + VM + ".raw"));
    }

    @Override
    public void close() {
        gateway.close();
    }

    private static Map<String, String> properties(Path directory, Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("sparekey.hypervisor.driver", "image");
        properties.put(
                "sparekey.hypervisor.image.directory",
                directory.resolve("hypervisor").toString());
        properties.put("sparekey.inventory.run", "false");
        properties.put(
                "sparekey.evidence.directory", directory.resolve("evidence").toString());
        return properties;
    }

    private static void writeGuests(Path directory) throws IOException {
        DemoDisk.SHOP.write(directory.resolve("vps-101.raw"));
        DemoDisk.MAIL.write(directory.resolve("vps-102.raw"));
        List<ImageDirectory.Entry> entries = List.of(guest(VM, ADDRESS, 1), guest(NEXT_VM, NEXT_ADDRESS, 2));
        Files.write(directory.resolve(ImageDirectory.FILE), Wire.write(new ImageDirectory(1, CLUSTER, entries)));
    }

    private static ImageDirectory.Entry guest(String vm, String address, int number) {
        return new ImageDirectory.Entry(
                "vps-" + vm,
                new UUID(0x6f1b1c7e_0000_4000L, 0x8000_0000_0000_0100L + number),
                vm,
                Optional.of(true),
                List.of(new ImageDirectory.DiskEntry("vda", "raw", "vps-" + vm + ".raw")),
                List.of("52:54:00:00:01:0" + number),
                List.of(address));
    }

    private void importAndRegister() throws IOException {
        Instant since = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(KNOWN_FOR);
        Inventory inventory = gateway.bean(Inventory.class);
        imported(inventory.importAssignments(
                """
                kind,value,reseller,from,to
                PREFIX,192.0.2.0/28,%s,%s,
                """.formatted(Cast.RESELLER, Wire.text(since)).getBytes(StandardCharsets.UTF_8)));
        imported(inventory.importAddressPlan(
                """
                prefix,cluster,vm,from,to
                %s,%s,%s,%s,
                %s,%s,%s,%s,
                """.formatted(ADDRESS, CLUSTER, VM, Wire.text(since), NEXT_ADDRESS, CLUSTER, NEXT_VM, Wire.text(since))
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(inventory.observe()).isInstanceOf(Poll.Complete.class);
        register("""
                ip,vm,customerRef,validFrom
                %s,%s,%s,%s
                %s,%s,%s,%s
                """.formatted(ADDRESS, VM, CUSTOMER, since, NEXT_ADDRESS, NEXT_VM, NEXT_CUSTOMER, since));
    }

    private static void imported(Imported imported) {
        assertThat(imported).isInstanceOf(Imported.Done.class);
    }

    private void register(String csv) throws IOException {
        Path configuration = world().home(cast().reseller()).resolve(ChannelConfiguration.FILE);
        try (ResellerClient reseller = ResellerClient.open(configuration, clock, random)) {
            assertThat(reseller.register(CsvInventory.read(new StringReader(csv), CLUSTER)))
                    .isInstanceOf(Registered.Proven.class);
        } catch (MalformedException | CsvException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Shared {
        private static final ImageHoster HOSTER = start();
    }
}
