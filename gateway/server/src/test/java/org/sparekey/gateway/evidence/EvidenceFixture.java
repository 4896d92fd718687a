// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sparekey.capture.Guest;
import org.sparekey.capture.image.ImageDirectory;
import org.sparekey.capture.image.ImageHypervisor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.OrdersStage;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.protocol.json.Wire;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The room over a real database, a real log and real image files. {@link #open} is the room coming up again after a
 * crash: new objects on the same rows and files.
 */
public final class EvidenceFixture implements AutoCloseable {

    /** Longer than a lease: whoever held one is taken for dead. */
    static final Duration LEASE_OVER = Duration.ofSeconds(61);

    /** Hours, where a hoster says days: the world's certificates are as old as their clock says. */
    static final Duration KEPT_DELIVERED = Duration.ofHours(5);

    static final Duration KEPT_WITHHELD = Duration.ofHours(3);
    static final int DISK_BYTES = 3 << 20;
    private static final String CLUSTER = "rack-1";

    public final OrdersStage stage;
    public final AuditLog log;
    public final TimeStamping time;
    public final Path directory;
    final CountingHypervisor hypervisor;
    final AttemptTable attempts;
    final IsolationTable isolations;
    private final SecureRandom random = new SecureRandom();
    private final EvidenceFolders folders;
    private final List<ImageDirectory.Entry> guests = new ArrayList<>();
    private final Path images;
    // What the log's own runner does in a gateway.
    private final ScheduledExecutorService runner = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log").factory());
    private volatile boolean logStands;

    public EvidenceFixture() {
        this(new OrdersStage());
    }

    EvidenceFixture(OrdersStage stage) {
        this.stage = stage;
        this.log = stage.bean(AuditLog.class);
        this.time = stage.bean(TimeStamping.class);
        this.attempts = new AttemptTable(stage.bean(JdbcClient.class));
        this.isolations = new IsolationTable(stage.bean(JdbcClient.class));
        try {
            directory = Files.createTempDirectory("sparekey-evidence-");
            images = Files.createDirectories(directory.resolve("images"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folders = new EvidenceFolders(directory.resolve("store"), random);
        hypervisor = new CountingHypervisor(new ImageHypervisor(images, stage::now));
        runner.scheduleWithFixedDelay(this::keepTheLog, 0, 20, TimeUnit.MILLISECONDS);
    }

    /** The stage goes too: a database has only so many connections for all the tests of a run. */
    @Override
    public void close() {
        runner.close();
        stage.close();
    }

    private EvidenceSettings settings(Duration proofWait) {
        return settings(proofWait, true);
    }

    private EvidenceSettings settings(Duration proofWait, boolean isolate) {
        return new EvidenceSettings(
                directory.resolve("store"),
                1 << 20,
                null,
                Duration.ofHours(1),
                proofWait,
                Duration.ofMillis(10),
                isolate,
                Duration.ofHours(1),
                false);
    }

    /** A hoster who has configured no hand of the gateway's own. */
    Evidence handless() {
        return open(_ -> {}, settings(Duration.ofSeconds(20), false));
    }

    public static EvidenceFixture shared() {
        return Shared.FIXTURE;
    }

    public Evidence open() {
        return open(_ -> {});
    }

    /** Does not wait for a proof that is not there. */
    Evidence impatient() {
        return impatient(_ -> {});
    }

    Evidence impatient(Failpoint failpoint) {
        return open(failpoint, settings(Duration.ZERO));
    }

    OutOfBand outOfBand() {
        return new OutOfBand(
                stage.orders(),
                log,
                stage.bean(Parties.class),
                stage.bean(JdbcClient.class),
                transaction(),
                stage::now);
    }

    Evidence open(Failpoint failpoint) {
        return open(failpoint, settings(Duration.ofSeconds(20)));
    }

    private Evidence open(Failpoint failpoint, EvidenceSettings settings) {
        return EvidenceConfiguration.open(
                new EvidenceConfiguration.Neighbours(stage.orders(), log, time, stage.bean(Keys.class), facts()),
                new EvidenceConfiguration.Stores(attempts, isolations, folders, transaction()),
                settings,
                stage::now,
                random,
                failpoint,
                CaptureProgress.NONE);
    }

    public Delivery delivery() {
        return new Delivery(stage.orders(), log, time, attempts, folders, stage.bean(RefusalEntries.class), random);
    }

    Destruction destruction(Failpoint failpoint) {
        return new Destruction(
                stage.orders(),
                log,
                new LeftAttempts(stage.orders(), attempts, facts(), transaction(), failpoint),
                attempts,
                new DestructionTable(stage.bean(JdbcClient.class), attempts),
                folders,
                new Keeping(KEPT_DELIVERED, KEPT_WITHHELD, Duration.ofMinutes(1)),
                logStands ? Duration.ZERO : Duration.ofSeconds(20),
                transaction(),
                stage::now,
                random,
                failpoint);
    }

    /** Every file that lies in the order's attempts' folders. */
    List<String> files(OrderId id) throws IOException {
        List<String> files = new ArrayList<>();
        for (Attempt attempt : attempts.of(id)) {
            Path folder = directory.resolve("store").resolve(attempt.folder());
            if (Files.exists(folder)) {
                try (Stream<Path> paths = Files.walk(folder)) {
                    paths.filter(Files::isRegularFile)
                            .map(path -> path.getFileName().toString())
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    Acknowledgements acknowledgements(Failpoint failpoint) {
        return new Acknowledgements(
                stage.orders(),
                delivery(),
                stage.bean(Parties.class),
                stage.bean(Idempotency.class),
                stage.bean(JdbcClient.class),
                transaction(),
                stage::now,
                failpoint);
    }

    /** Takes steps under ever new leases until the order is in this state. */
    public void until(OrderId id, String state) {
        for (int i = 0; i < 10 && !state(id).equals(state); i++) {
            stage.pass(LEASE_OVER);
            open().step(id);
        }
        if (!state(id).equals(state)) {
            throw new AssertionError(id + " is " + state(id) + " and not " + state);
        }
    }

    public String state(OrderId id) {
        return stage.orders().status(id).state();
    }

    /** A new guest with a disk of random content, some of it a hole. */
    public Guest guest() {
        UUID uuid = UUID.randomUUID();
        String file = uuid + ".raw";
        guests.add(new ImageDirectory.Entry(
                "guest",
                uuid,
                "vm-" + uuid,
                Optional.of(false),
                List.of(new ImageDirectory.DiskEntry("vda", "raw", file)),
                List.of("52:54:00:00:00:01", "52:54:00:00:00:02"),
                List.of()));
        try {
            byte[] content = new byte[DISK_BYTES];
            new SplittableRandom(guests.size()).nextBytes(content);
            java.util.Arrays.fill(content, 1 << 20, 2 << 20, (byte) 0);
            Files.write(images.resolve(file), content);
            describe();
            return hypervisor.guest(uuid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often it was opened for reading. */
    public long captures(Guest guest) {
        return hypervisor.captures(guest);
    }

    /** Whether every link of it is cut, as its driver says. */
    public boolean cut(Guest guest) {
        try {
            return hypervisor.links(guest).cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is something to fetch. */
    public boolean delivered(OrderId id) {
        return delivery().released(stage.orders().file(id).orElseThrow()).isPresent();
    }

    /** The guest is gone from its hypervisor. */
    public void remove(Guest guest) {
        guests.removeIf(entry -> entry.uuid().equals(guest.uuid()));
        describe();
    }

    Path image(Guest guest) {
        return images.resolve(guest.disks().get(0).sourceId());
    }

    /** Where a volume of the order's sealed copy lies, for those who damage it. */
    Path stored(OrderId id, String name) {
        String folder = attempts.sealed(id).orElseThrow().folder();
        return directory.resolve("store").resolve(folder).resolve("volumes").resolve(name);
    }

    public OrderId approved(Guest guest) {
        return stage.approved(stage.machine(guest));
    }

    /** Everything up to the open door. */
    public OrderId available() {
        OrderId id = approved(guest());
        until(id, "available");
        return id;
    }

    /** The same after a first attempt that died while it read. */
    public OrderId availableAfterLoss() {
        OrderId id = approved(guest());
        try {
            open(Crash.at("evidence.reading")).step(id);
        } catch (Crash died) {
            until(id, "available");
            return id;
        }
        throw new AssertionError("the attempt did not die");
    }

    private void describe() {
        try {
            Files.writeString(
                    images.resolve(ImageDirectory.FILE),
                    new String(Wire.write(new ImageDirectory(1, CLUSTER, guests)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LiveFacts facts() {
        return new LiveFacts(Optional.of(hypervisor), stage.bean(Parties.class), stage.delegations(), stage::now);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(stage.bean(PlatformTransactionManager.class));
    }

    /** From now on nothing is numbered, signed or published; or again. */
    void logStands(boolean stands) {
        this.logStands = stands;
    }

    /** How many entries of this type there are, of a case or not, numbered or not. */
    long count(String type) {
        return stage.bean(JdbcClient.class)
                .sql("""
                SELECT count(*) FROM (
                    SELECT leaf_hash, type FROM auditlog_outbox UNION SELECT leaf_hash, type FROM auditlog_entry
                ) AS entry WHERE type = :type
                """)
                .param("type", type)
                .query(Long.class)
                .single();
    }

    private void keepTheLog() {
        while (!logStands && log.stepper().step()) {
            // until everything is recorded
        }
    }

    private static final class Shared {
        private static final EvidenceFixture FIXTURE = new EvidenceFixture();
    }
}
