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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogByTheClock;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Migrated;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.orders.HeldDisks;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.deletion.DeletionQuestion;
import org.sparekey.protocol.deletion.DeletionReport;
import org.sparekey.protocol.deletion.DeletionReport.Outcome;
import org.sparekey.protocol.deletion.DeletionRequest;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.registration.RegistrationBatch;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A reseller terminates a machine on two gateways: on one of them its disk is held, so that the hoster's hand moves it to
 * quarantine and destroys it much later; on the other it is destroyed at once. Every answer, byte for byte but for what is
 * drawn by chance, every list, every entry and published file of the registry log, and the instants at which anything becomes
 * visible must be the same. The clock stands while anything is done; the days of the grace are passed by the row.
 */
class ResellerSeesNoHoldsTest {

    private static final String JOSE = "application/jose";
    private static final String HOLDER = "ORD-0000-0001";
    private static final String ADDRESS = "198.18.77.1";
    private static final Map<String, String> REAL_CADENCE = Map.of(
            "sparekey.log.run",
            "false",
            "sparekey.log.case-cadence",
            "1s",
            "sparekey.log.anchor-every",
            "60s",
            "sparekey.log.interval",
            "100ms");

    private final SecureRandom random = new SecureRandom();
    private final Instant start = InstantSource.system()
            .instant()
            .minusSeconds(60)
            .truncatedTo(ChronoUnit.MINUTES)
            .minusSeconds(4);

    @TempDir
    Path root;

    @Test
    void a_resellers_whole_view_is_equal_with_and_without_a_hold_through_deletion() throws Exception {
        World world = World.create(root.resolve("world"), Site.free(), () -> start, random);
        List<String> without = terminated(world, false);
        List<String> with = terminated(world, true);
        assertThat(with).isEqualTo(without);
        assertThat(with).anyMatch(line -> line.contains("deletedOn")).hasSizeGreaterThan(20);
    }

    private List<String> terminated(World world, boolean held) throws Exception {
        Path directory = root.resolve(held ? "with" : "without");
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
            String csv = "kind,value,reseller,from,to\r\nPREFIX,198.18.77.0/24," + Cast.RESELLER
                    + ",2026-01-01T00:00:00.000Z,\r\n";
            gateway.getBean(Inventory.class).importAssignments(csv.getBytes(StandardCharsets.UTF_8));
            Actor panel = Joined.newcomer(world.cast().hosterCa(), "hoster", "panel");
            Joined.join(
                    gateway.getBean(JdbcClient.class),
                    gateway.getBean(AuditLog.class),
                    gateway.getBean(TransactionOperations.class),
                    panel,
                    Role.OPERATOR);
            clock.drive(gateway);
            return new Life(world, gateway, clock, panel).seen(held);
        }
    }

    /** One machine from its registration to the destruction of its disk. */
    private final class Life {

        private final World world;
        private final ConfigurableApplicationContext gateway;
        private final AuditLog log;
        private final JdbcClient rows;
        private final LogByTheClock clock;
        private final Actor panel;
        private final SignedClient reseller;
        private final HeldDisks disks;
        private final List<String> seen = new ArrayList<>();
        private String newest = "";

        private Life(World world, ConfigurableApplicationContext gateway, LogByTheClock clock, Actor panel) {
            this.world = world;
            this.gateway = gateway;
            this.log = gateway.getBean(AuditLog.class);
            this.rows = gateway.getBean(JdbcClient.class);
            this.clock = clock;
            this.panel = panel;
            this.reseller = new SignedClient(world, world.cast().reseller(), clock, random);
            this.disks = new HeldDisks(rows, clock);
        }

        private List<String> seen(boolean held) throws Exception {
            pass(1500);
            saw("registers", register());
            if (held) {
                hold();
            }
            pass(1700);
            byte[] request = request();
            Reply terminated = terminate(request);
            DeletionAnswer deletion = terminated.json(DeletionAnswer.class);
            pass(3500);
            everything(request);
            rows.sql("UPDATE deletions_deletion SET deleted_on = deleted_on - INTERVAL '20 days'")
                    .update();
            saw("a day before or behind", reseller.get("/v1/deletions"));
            DeletionPermit permit = permitted(deletion, 5500);
            assertThat(permit.act()).isEqualTo(held ? Act.MOVE_TO_QUARANTINE : Act.DELETE);
            report(deletion, permit, held ? Outcome.QUARANTINED : Outcome.DESTROYED);
            everything(request);
            pass(7000);
            if (held) {
                disks.release(HOLDER);
                DeletionPermit last = permitted(deletion, 9500);
                assertThat(last.act()).isEqualTo(Act.DELETE);
                report(deletion, last, Outcome.DESTROYED);
            }
            pass(10_000);
            everything(request);
            registry();
            return seen;
        }

        private void pass(int millis) throws InterruptedException {
            clock.passUntil(start.plusMillis(millis), this::look);
        }

        private void look() {
            String checkpoint = log.checkpoint(LogName.REGISTRY)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
            if (!checkpoint.equals(newest)) {
                newest = checkpoint;
                seen.add("at " + Duration.between(start, clock.instant()).toMillis() + " ms a tree of "
                        + checkpoint.lines().skip(1).findFirst().orElseThrow());
            }
        }

        /** What he can call, and what he can try. */
        private void everything(byte[] request) {
            terminate(request);
            saw("the same request", terminate(request));
            saw("another request", terminate(request()));
            saw("deletions", reseller.get("/v1/deletions"));
            saw("view", reseller.get("/v1/registry-view"));
            saw("reconciliation", reseller.get("/v1/reconciliation"));
            saw("head", reseller.get("/v1/registration-head"));
            String id = rows.sql("SELECT deletion_id FROM deletions_deletion")
                    .query(String.class)
                    .single();
            saw("asks himself", reseller.post("/v1/deletions/" + id + "/permits", "application/json", question()));
        }

        private void saw(String what, Reply reply) {
            seen.add("at " + Duration.between(start, clock.instant()).toMillis() + " ms " + what + " " + reply.status()
                    + " of " + reply.body().length + " bytes " + withoutChance(reply.text()));
        }

        private Reply register() {
            Instant since = start.minus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
            RegistrationBatch batch = RegistrationBatch.sign(
                    Cast.RESELLER,
                    1,
                    List.of(Assets.record(701, 701, since, Assets.ip(ADDRESS))),
                    world.cast().reseller().document(),
                    clock.instant(),
                    Bytes.of(new byte[32]));
            return reseller.post("/v1/registrations", RegistrationBatch.MEDIA_TYPE, RegistryFixture.bytes(batch));
        }

        /** What an order left, and one that comes. */
        private void hold() {
            disks.wide(HOLDER, Category.CONTENT, Assets.vpsRef(701), start.plus(60, ChronoUnit.DAYS));
            OrderDesk.Letter letter = new OrderDesk(world, clock, random)
                    .disk(ADDRESS, start.minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS));
            List<Multipart.Part> parts = new ArrayList<>();
            parts.add(part("order", letter.order()));
            letter.validator().ifPresent(validator -> parts.add(part("validator", validator)));
            Reply reply = new SignedClient(world, world.cast().investigator(), clock, random)
                    .post("/v1/orders", Multipart.contentType("boundary"), Multipart.write(parts, "boundary"));
            assertThat(reply.status()).isIn(201, 202);
            LogByTheClock.crowd(gateway);
        }

        private byte[] request() {
            DeletedAsset asset =
                    new DeletedAsset(Assets.CLUSTER, Optional.of(Assets.uuid(701)), Optional.empty(), Optional.empty());
            Actor actor = world.cast().reseller();
            return ascii(DeletionRequest.sign(
                    actor.party(),
                    asset,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    actor.document(),
                    clock.instant(),
                    salt()));
        }

        private Reply terminate(byte[] request) {
            Reply reply = reseller.post("/v1/deletions", JOSE, request);
            assertThat(reply.status()).isIn(201, 202);
            saw("terminates", reply);
            return reply;
        }

        /** Asked once, and again when the intent is under a checkpoint. */
        private DeletionPermit permitted(DeletionAnswer deletion, int millis) throws Exception {
            assertThat(ask(deletion).act()).isEqualTo(Act.NOT_YET);
            pass(millis);
            return ask(deletion);
        }

        private DeletionPermit ask(DeletionAnswer deletion) throws MalformedException {
            Reply reply = hosters()
                    .post("/v1/deletions/" + deletion.deletionId() + "/permits", "application/json", question());
            return SignedDocument.parse(reply.text()).read(DeletionPermit.TYPE, DeletionPermit.class);
        }

        private void report(DeletionAnswer deletion, DeletionPermit permit, Outcome outcome) {
            DeletionReport report = new DeletionReport(
                    1,
                    DeletionReport.TYPE,
                    deletion.deletionId(),
                    permit.attempt(),
                    outcome,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    salt());
            byte[] signed = ascii(
                    SignedDocument.sign(DeletionReport.TYPE, Wire.write(report), panel.document(), clock.instant()));
            Reply reply = hosters().post("/v1/deletions/" + deletion.deletionId() + "/reports", JOSE, signed);
            assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        }

        private SignedClient hosters() {
            return new SignedClient(world, panel, clock, random);
        }

        /** The registry log as only officers see it, and every published file that anybody sees. */
        private void registry() {
            for (EntryText entry : log.from(LogName.REGISTRY, 0, 1000)) {
                seen.add("entry " + entry.recorded().index() + " "
                        + entry.parsed().type() + " of " + entry.bytes().length + " bytes");
            }
            Path directory = log.published(LogName.REGISTRY).getLast().directory();
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(Files::isRegularFile)
                        .sorted()
                        .map(file -> directory.relativize(file) + " of "
                                + file.toFile().length() + " bytes")
                        .forEach(seen::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Codes, digests, salts and certificates are drawn by chance; their length is not. */
    private static String withoutChance(String text) {
        return text.replaceAll("DEL-[0-9A-Z]{4}-[0-9A-Z]{4}", "DEL")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "uuid")
                .replaceAll("[A-Za-z0-9_+/=-]{40,}", "chance");
    }

    private byte[] question() {
        return Wire.write(new DeletionQuestion(1, DeletionQuestion.TYPE, salt()));
    }

    private Bytes salt() {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        return Bytes.of(salt);
    }

    private static byte[] ascii(SignedDocument document) {
        return document.compact().getBytes(StandardCharsets.US_ASCII);
    }

    private static Multipart.Part part(String name, SignedDocument signed) {
        return new Multipart.Part(name, JOSE, ascii(signed));
    }
}
