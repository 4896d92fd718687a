// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;
import org.sparekey.gateway.fixture.GatewayFixture;
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
import org.sparekey.testkit.Database;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything that a reseller is shown in one and the same day, on two gateways: on one of them his customer is the target
 * of two orders in the middle of it. Numbers, places, types and sizes must be the same; what differs is drawn by chance
 * (salts, ids, signatures) and of fixed size.
 */
class ResellerSeesNoOrdersTest {

    private static final String ADDRESS = "198.18.77.1";
    private static final String CRLF = "\r\n";

    /** The steps of the log are taken by hand; an anchor is due each time it is asked for. */
    private static final Map<String, String> BY_HAND =
            Map.of("sparekey.log.run", "false", "sparekey.log.anchor-every", "1ms");

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();

    @TempDir
    Path root;

    private World world;

    @BeforeEach
    void aWorld() {
        world = World.create(root.resolve("world"), Site.free(), clock, random);
    }

    @Test
    void a_resellers_whole_view_is_equal_with_and_without_an_order() throws MalformedException {
        List<String> without = day(false);
        List<String> with = day(true);
        assertThat(with).isEqualTo(without);
        assertThat(with).anyMatch(line -> line.contains(CaseAnchor.ENTRY_TYPE)).hasSizeGreaterThan(12);
    }

    private List<String> day(boolean orders) throws MalformedException {
        Path directory = root.resolve(orders ? "with" : "without");
        Map<String, String> settings = new HashMap<>(BY_HAND);
        settings.put("sparekey.log.directory", directory.resolve("log").toString());
        settings.put("sparekey.log.guard-directory", directory.resolve("guard").toString());
        try (ConfigurableApplicationContext gateway =
                GatewayFixture.run(world, Database.shared().fresh(), settings)) {
            assertThat(gateway.getBean(Bootstrap.class).load(world.parties().bytes()))
                    .isInstanceOf(Bootstrap.Loaded.class);
            AuditLog log = gateway.getBean(AuditLog.class);
            SignedClient reseller = client(world.cast().reseller());
            rent(gateway);
            log.anchor();
            List<String> seen = new ArrayList<>();
            register(gateway, reseller, 1, seen);
            long before = caseEntries(log);
            if (orders) {
                order();
            }
            minute(log);
            assertThat(caseEntries(log) - before).as("the case log's growth").matches(grown -> orders == grown > 1);
            register(gateway, reseller, 2, seen);
            minute(log);
            seen.add("view " + shape(reseller.get("/v1/registry-view")));
            registry(log, seen);
            return seen;
        }
    }

    private SignedClient client(Actor actor) {
        return new SignedClient(world, actor, clock, random);
    }

    private static void rent(ConfigurableApplicationContext gateway) {
        String csv = "kind,value,reseller,from,to" + CRLF + "PREFIX,198.18.77.0/24," + Cast.RESELLER
                + ",2026-01-01T00:00:00.000Z," + CRLF;
        gateway.getBean(Inventory.class).importAssignments(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static void minute(AuditLog log) {
        log.anchor();
        while (log.step()) {
            // until nothing is left
        }
    }

    private void register(
            ConfigurableApplicationContext gateway, SignedClient reseller, int number, List<String> seen) {
        Instant since = clock.instant().minus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        RegistrationBatch batch = RegistrationBatch.sign(
                Cast.RESELLER,
                number,
                List.of(Assets.record(700 + number, 700 + number, since, Assets.ip("198.18.77." + number))),
                world.cast().reseller().document(),
                clock.instant(),
                Bytes.of(new byte[32]));
        Reply sent = reseller.post("/v1/registrations", RegistrationBatch.MEDIA_TYPE, RegistryFixture.bytes(batch));
        assertThat(sent.status()).isEqualTo(202);
        minute(gateway.getBean(AuditLog.class));
        Reply fetched = reseller.get(sent.header("location"));
        BatchReceipt receipt = fetched.json(BatchReceipt.class);
        seen.add("receipt " + shape(fetched) + " index " + receipt.index() + " "
                + receipt.verdicts().size());
    }

    /** Who had the address, and a copy of its disk: both name the reseller's customer. */
    private void order() {
        OrderDesk desk = new OrderDesk(world, clock, random);
        Instant seen = clock.instant().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        SignedClient investigator = client(world.cast().investigator());
        for (Letter letter : List.of(desk.whoHad(ADDRESS, seen), desk.disk(ADDRESS, seen))) {
            Reply reply = investigator.post(
                    "/v1/orders",
                    Multipart.contentType("boundary"),
                    body(letter),
                    UUID.randomUUID().toString());
            assertThat(reply.status()).isIn(201, 202);
        }
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

    private static long caseEntries(AuditLog log) {
        return log.from(LogName.CASE, 0, 10_000).size();
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
