// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogByTheClock;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Migrated;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything that a reseller is shown in one and the same hour, on two gateways: on one of them his customer is the target
 * of two orders, each sent just before a batch of his. Numbers, places, types, sizes and the instants at which anything
 * becomes visible must be the same; what differs is drawn by chance (salts, ids, signatures) and of fixed size. The log
 * keeps its real cadence, on a clock that stands while anything is done: how busy the machine is shows to nobody here.
 */
class ResellerSeesNoOrdersTest {

    private static final String ADDRESS = "198.18.77.1";
    private static final String CRLF = "\r\n";

    /** As delivered; the world's own is quicker. */
    private static final Map<String, String> REAL_CADENCE = Map.of(
            "sparekey.log.run",
            "false",
            "sparekey.log.case-cadence",
            "1s",
            "sparekey.log.anchor-every",
            "60s",
            "sparekey.log.interval",
            "100ms");

    /** In front of a full minute, at which the logs anchor each other. */
    private static final Duration BEFORE_THE_MINUTE = Duration.ofSeconds(4);

    private final SecureRandom random = new SecureRandom();
    private final Instant start = InstantSource.system()
            .instant()
            .minusSeconds(60)
            .truncatedTo(ChronoUnit.MINUTES)
            .minus(BEFORE_THE_MINUTE);

    @TempDir
    Path root;

    private World world;

    @BeforeEach
    void aWorld() {
        world = World.create(root.resolve("world"), Site.free(), () -> start, random);
    }

    @Test
    void a_resellers_whole_view_is_equal_with_and_without_an_order() throws MalformedException, InterruptedException {
        List<String> without = hour(false);
        List<String> with = hour(true);
        assertThat(with).isEqualTo(without);
        assertThat(with).anyMatch(line -> line.contains(CaseAnchor.ENTRY_TYPE)).hasSizeGreaterThan(12);
    }

    private List<String> hour(boolean orders) throws MalformedException, InterruptedException {
        Path directory = root.resolve(orders ? "with" : "without");
        Map<String, String> settings = new HashMap<>(REAL_CADENCE);
        settings.put("sparekey.log.directory", directory.resolve("log").toString());
        settings.put("sparekey.log.guard-directory", directory.resolve("guard").toString());
        try (LogByTheClock clock = new LogByTheClock(start);
                ConfigurableApplicationContext gateway = GatewayFixture.run(
                        world,
                        Migrated.fresh(),
                        settings,
                        starting -> starting.registerBean(
                                "testClock", InstantSource.class, () -> clock, bean -> bean.setPrimary(true)))) {
            assertThat(gateway.getBean(Bootstrap.class).load(world.parties().bytes()))
                    .isInstanceOf(Bootstrap.Loaded.class);
            rent(gateway);
            clock.drive(gateway);
            return new Hour(gateway, clock).seen(orders);
        }
    }

    /** What one reseller does and sees; between his batches time passes, and he looks whenever something has happened. */
    private final class Hour {

        private final ConfigurableApplicationContext gateway;
        private final AuditLog log;
        private final LogByTheClock clock;
        private final SignedClient reseller;
        private final List<String> seen = new ArrayList<>();
        private final Map<String, String> receipts = new TreeMap<>();
        private String newest = "";

        private Hour(ConfigurableApplicationContext gateway, LogByTheClock clock) {
            this.gateway = gateway;
            this.log = gateway.getBean(AuditLog.class);
            this.clock = clock;
            this.reseller = new SignedClient(world, world.cast().reseller(), clock, random);
        }

        private List<String> seen(boolean orders) throws MalformedException, InterruptedException {
            OrderDesk desk = new OrderDesk(world, clock, random);
            Instant asked = start.minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
            pass(1500);
            long before = caseEntries();
            order(orders, desk.whoHad(ADDRESS, asked));
            pass(1530);
            register(1);
            pass(3470);
            order(orders, desk.disk(ADDRESS, asked));
            pass(3475);
            if (orders) {
                LogByTheClock.crowd(gateway);
            }
            pass(3500);
            register(2);
            pass(5500);
            seen.add("view " + shape(reseller.get("/v1/registry-view")));
            assertThat(caseEntries() - before).as("the case log's growth").matches(grown -> orders == grown > 1);
            registry(log, seen);
            return seen;
        }

        private void pass(int millis) throws InterruptedException {
            clock.passUntil(start.plusMillis(millis), this::look);
        }

        /** A checkpoint that is another than the last; what it proves can be had from then on. */
        private void look() {
            String checkpoint = log.checkpoint(LogName.REGISTRY)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            if (!checkpoint.equals(newest)) {
                newest = checkpoint;
                saw("checkpoint of " + checkpoint.length() + " bytes, tree of "
                        + checkpoint.lines().skip(1).findFirst().orElseThrow());
                receipts.forEach(this::receipt);
            }
        }

        private void saw(String what) {
            seen.add("at " + Duration.between(start, clock.instant()).toMillis() + " ms " + what);
        }

        private void receipt(String name, String location) {
            Reply fetched = reseller.get(location);
            BatchReceipt receipt = fetched.json(BatchReceipt.class);
            saw(name + " " + shape(fetched) + " index " + receipt.index() + " "
                    + receipt.verdicts().size());
        }

        private void register(int number) {
            Instant since = start.minus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
            RegistrationBatch batch = RegistrationBatch.sign(
                    Cast.RESELLER,
                    number,
                    List.of(Assets.record(700 + number, 700 + number, since, Assets.ip("198.18.77." + number))),
                    world.cast().reseller().document(),
                    clock.instant(),
                    Bytes.of(new byte[32]));
            Reply sent = reseller.post("/v1/registrations", RegistrationBatch.MEDIA_TYPE, RegistryFixture.bytes(batch));
            assertThat(sent.status()).isEqualTo(202);
            receipts.put("receipt " + number, sent.header("location"));
        }

        /** Who had the address, or a copy of its disk: both name the reseller's customer. */
        private void order(boolean send, Letter letter) {
            if (send) {
                Reply reply = new SignedClient(world, world.cast().investigator(), clock, random)
                        .post("/v1/orders", Multipart.contentType("boundary"), body(letter));
                assertThat(reply.status()).isIn(201, 202);
            }
        }

        private long caseEntries() {
            return log.from(LogName.CASE, 0, 10_000).size();
        }
    }

    private static void rent(ConfigurableApplicationContext gateway) {
        String csv = "kind,value,reseller,from,to" + CRLF + "PREFIX,198.18.77.0/24," + Cast.RESELLER
                + ",2026-01-01T00:00:00.000Z," + CRLF;
        gateway.getBean(Inventory.class).importAssignments(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] body(Letter letter) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(part("order", letter.order().compact()));
        letter.validator().ifPresent(validator -> parts.add(part("validator", validator.compact())));
        return Multipart.write(parts, "boundary");
    }

    private static Multipart.Part part(String name, String jws) {
        return new Multipart.Part(name, "application/jose", jws.getBytes(StandardCharsets.US_ASCII));
    }

    private static String shape(Reply reply) {
        return reply.status() + " of " + reply.body().length + " bytes";
    }

    /** The registry log: its entries as only officers see them, and every published file that anybody sees. */
    private static void registry(AuditLog log, List<String> seen) {
        for (EntryText entry : log.from(LogName.REGISTRY, 0, 1000)) {
            seen.add("entry " + entry.recorded().index() + " " + entry.parsed().type() + " of " + entry.bytes().length
                    + " bytes");
        }
        PublishedShard shard = log.published(LogName.REGISTRY).getLast();
        String checkpoint = new String(shard.checkpoint().orElseThrow(), StandardCharsets.UTF_8);
        seen.add("checkpoint of " + checkpoint.length() + " bytes, tree of "
                + checkpoint.lines().skip(1).findFirst().orElseThrow());
        Path directory = shard.directory();
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> directory.relativize(file) + " of " + length(file) + " bytes")
                    .forEach(seen::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(Path file) {
        return file.toFile().length();
    }
}
