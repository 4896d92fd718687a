// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.fixture.Migrated;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Bootstrap;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.order.StopReason;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.tsa.TestTsa;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;
import org.sparekey.testkit.world.Site;
import org.sparekey.testkit.world.World;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The room over a real database, a real log, real keys and an invented world. Where targets are and what the hypervisor
 * runs are two maps that a test fills: the rooms that know it have their own tests.
 */
final class OrdersFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    static final Instant SEEN = Instant.parse("2026-11-20T14:03:11Z");

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private volatile Instant now = START;
    final SecureRandom random = new SecureRandom();
    final World world;
    /** Whom the gateway asks for time-stamps, when a test takes that step. */
    final TestTsa tsa;

    final OrderDesk desk;
    final Map<String, Whereabouts> places = new ConcurrentHashMap<>();
    final Map<String, Guest> guests = new ConcurrentHashMap<>();
    final Database.Access database = Migrated.fresh();
    final AuditLog log;
    final Keys keys;
    final JdbcClient jdbc;
    final Orders orders;
    final OfficerDesks desks = new OfficerDesks(this);

    private final ConfigurableApplicationContext context;

    private OrdersFixture(OrdersSettings.CallBack callBack, Optional<World> ready, Map<String, String> more) {
        try {
            Path directory = Files.createTempDirectory("sparekey-orders-");
            world = ready.orElseGet(() -> World.create(directory, Site.demo(), this::now, random));
            tsa = TestTsa.start(world.cast().timeCa(), this::now, random);
            context = start(directory, this::now, more);
            context.getBean(Bootstrap.class).load(Files.readAllBytes(world.partiesFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        desk = new OrderDesk(world, this::now, random);
        log = context.getBean(AuditLog.class);
        keys = context.getBean(Keys.class);
        jdbc = context.getBean(JdbcClient.class);
        orders = open(new OrdersSettings(callBack));
    }

    /** A database of its own; the world is shared and stays as it is. */
    static OrdersFixture fresh() {
        return new OrdersFixture(OrdersSettings.CallBack.OFF, Optional.of(Shared.FIXTURE.world), Map.of());
    }

    /** With more settings than usual. */
    static OrdersFixture with(Map<String, String> settings) {
        return new OrdersFixture(OrdersSettings.CallBack.OFF, Optional.of(Shared.FIXTURE.world), settings);
    }

    static OrdersFixture callingBack() {
        return new OrdersFixture(OrdersSettings.CallBack.REQUIRED, Optional.of(Shared.FIXTURE.world), Map.of());
    }

    /** A world of its own: for those who revoke, or let a year pass. */
    static OrdersFixture breakable() {
        return new OrdersFixture(OrdersSettings.CallBack.OFF, Optional.empty(), Map.of());
    }

    /** The same with calls: for those who live in it. */
    static OrdersFixture living() {
        return new OrdersFixture(OrdersSettings.CallBack.REQUIRED, Optional.empty(), Map.of());
    }

    /** One for all tests that leave it as it is. */
    static OrdersFixture shared() {
        return Shared.FIXTURE;
    }

    @Override
    public void close() {
        context.close();
        tsa.close();
    }

    /** The room once more on the same database: after a crash, or as a second replica. */
    Orders open(OrdersSettings settings) {
        return open(settings, _ -> {});
    }

    /** The same, dying where a test wants it to. */
    Orders open(OrdersSettings settings, Failpoint failpoint) {
        return OrdersConfiguration.open(settings, Matrix::packaged, neighbours(), sources(failpoint));
    }

    Delegations delegations() {
        return delegations(_ -> {});
    }

    Delegations delegations(Failpoint failpoint) {
        return OrdersConfiguration.delegations(neighbours(), sources(failpoint));
    }

    private OrdersConfiguration.Neighbours neighbours() {
        return new OrdersConfiguration.Neighbours(
                context.getBean(Parties.class),
                context.getBean(Idempotency.class),
                context.getBean(RefusalEntries.class),
                log,
                keys,
                (target, _) ->
                        Optional.ofNullable(places.get(target.value())).orElseGet(() -> nowhere(StopReason.UNKNOWN)),
                (cluster, uuid) -> Optional.ofNullable(guests.get(uuid)));
    }

    private OrdersConfiguration.Sources sources(Failpoint failpoint) {
        return new OrdersConfiguration.Sources(
                jdbc,
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
                this::now,
                random,
                failpoint);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private ConfigurableApplicationContext start(Path directory, InstantSource clock, Map<String, String> more) {
        Map<String, Object> properties = new TreeMap<>(world.properties(database));
        properties.put("sparekey.log.directory", directory.resolve("log").toString());
        properties.put(
                "sparekey.log.guard-directory", directory.resolve("guard").toString());
        properties.put("sparekey.log.run", "false");
        properties.put("sparekey.time.url", tsa.location().toString());
        properties.put("sparekey.time.roots", world.timeRoots().toString());
        properties.put("sparekey.time.run", "false");
        properties.putAll(more);
        return new SpringApplicationBuilder(Rooms.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .initializers(context -> context.getBeanFactory().registerSingleton("clock", clock))
                .run();
    }

    /** The rooms below this one, without doors; no configuration by itself, so that no scan of the gateway finds it. */
    @ImportAutoConfiguration({
        FlywayAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    @ComponentScan(
            basePackages = "org.sparekey.gateway",
            useDefaultFilters = false,
            includeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = {
                                "org\\.sparekey\\.gateway\\.DatabaseConfiguration",
                                "org\\.sparekey\\.gateway\\.(keys|auditlog|parties)\\.[A-Za-z]+Configuration"
                            }))
    static class Rooms {
        @Bean
        SecureRandom random() {
            return new SecureRandom();
        }
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    LocatedAsset asset(String address) {
        return Objects.requireNonNull(places.get(address)).asset().orElseThrow();
    }

    // People

    Caller investigator() {
        return caller(world.cast().investigator(), Role.INVESTIGATOR);
    }

    Caller stranger() {
        return caller(world.cast().stranger(), Role.INVESTIGATOR);
    }

    Caller officer(int number) {
        return caller(world.cast().officers().get(number - 1), Role.OFFICER);
    }

    static Caller caller(Actor actor, Role role) {
        return new Caller(
                new PartyId(actor.party()),
                actor.person(),
                role,
                actor.message().keyId());
    }

    // Places

    /** An address at which one certain, running machine is found. */
    String machine() {
        String address = address();
        UUID uuid = UUID.randomUUID();
        places.put(address, found(uuid, "tenant-1", Grade.CERTAIN));
        guests.put(uuid.toString(), guest(uuid, "disk-" + uuid));
        return address;
    }

    static String address() {
        return "198.51.100." + NUMBERS.incrementAndGet();
    }

    static Guest guest(UUID uuid, String disk) {
        return new Guest(
                "image",
                "rack-1",
                "name",
                uuid,
                "vm-" + uuid,
                Guest.State.RUNNING,
                List.of(new Guest.Disk("vda", "raw", disk, 1 << 20)),
                List.of(),
                List.of());
    }

    static Whereabouts found(UUID uuid, String tenancy, Grade grade) {
        LocatedAsset asset =
                new LocatedAsset("rack-1", uuid.toString(), "vm-" + uuid, "vps-" + uuid, tenancy, Optional.of("node"));
        return new Whereabouts(
                Optional.of(asset),
                grade,
                Optional.of(reseller()),
                Optional.of(SEEN.minus(Duration.ofDays(30))),
                Optional.empty(),
                Optional.of("RESELLER"),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Certain, and to be reviewed before anybody of the team sees it. */
    static Whereabouts forFilterOnly(UUID uuid) {
        Whereabouts found = found(uuid, "tenant-1", Grade.CERTAIN);
        return new Whereabouts(
                found.asset(),
                found.grade(),
                found.partyOfRecord(),
                found.since(),
                found.until(),
                found.nextInChain(),
                found.chain(),
                found.stop(),
                true);
    }

    static Whereabouts nowhere(StopReason reason) {
        return new Whereabouts(
                Optional.empty(),
                Grade.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason),
                false);
    }

    private static PartyOfRecord reseller() {
        return new PartyOfRecord("Palmstrand Ltd", "SC-1", "Victoria", "SC", Optional.empty(), List.of("+248 0"));
    }

    // Acts

    static String key() {
        return UUID.randomUUID().toString();
    }

    static byte[] body(Letter letter, Multipart.Part... documents) {
        List<Multipart.Part> parts = new ArrayList<>();
        parts.add(part("order", letter.order()));
        letter.validator().ifPresent(validator -> parts.add(part("validator", validator)));
        parts.addAll(List.of(documents));
        return Multipart.write(parts, "boundary");
    }

    private static Multipart.Part part(String name, SignedDocument signed) {
        return signed.pdf().isPresent()
                ? new Multipart.Part(name, "application/pdf", signed.pdf().get())
                : new Multipart.Part(name, "application/jose", Intake.ascii(signed.compact()));
    }

    OrderStatus submit(Letter letter, Multipart.Part... documents) {
        return submit(investigator(), letter, documents);
    }

    OrderStatus submit(Caller caller, Letter letter, Multipart.Part... documents) {
        byte[] body = body(letter, documents);
        return orders.status(orders.submit(caller, body, Multipart.contentType("boundary"), key())
                .id());
    }

    /** A content order that waits for the officers. */
    OrderId inReview() {
        return id(submit(desk.disk(machine(), SEEN)));
    }

    OrderId approved() {
        OrderId id = inReview();
        desks.approve(1, id, Decision.RELEASE);
        desks.approve(2, id, Decision.RELEASE);
        return id;
    }

    static OrderId id(OrderStatus status) {
        return new OrderId(status.orderId());
    }

    void recorded() {
        while (log.stepper().step()) {
            // until everything is recorded
        }
    }

    /** Types of the case's entries in their order, each proven to follow the one before by its own text. */
    List<String> entries(OrderId id) {
        recorded();
        List<EntryText> entries = log.ofCase(id.code());
        for (int i = 1; i < entries.size(); i++) {
            if (!entries.get(i)
                    .parsed()
                    .prev()
                    .equals(Optional.of(entries.get(i - 1).recorded().leafHash()))) {
                throw new AssertionError("the case's chain is broken at " + i);
            }
        }
        return entries.stream().map(entry -> entry.parsed().type()).toList();
    }

    private static final class Shared {
        private static final OrdersFixture FIXTURE = breakable();
    }
}
