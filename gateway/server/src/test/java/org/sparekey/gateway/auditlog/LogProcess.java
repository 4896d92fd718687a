// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.sparekey.gateway.keys.TestKeys;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A process that does nothing but append, on a log of its own or one that an earlier process left behind. It says on its
 * standard output what it was promised, and stands still at the place where it is to be killed. It ends with its standard
 * input, so that it never outlives the test. Arguments: database, directory, place, how many times to pass it.
 */
final class LogProcess {

    /** Followed by how many milliseconds the log took to come up, from the first line of this program. */
    static final String UP = "UP ";

    static final String COMMITTED = "C ";
    static final String RECORDED = "R ";
    static final String REACHED = "AT";

    /** Not a place in the log's own code: the business transaction has just committed. */
    static final String AFTER_COMMIT = "business.committed";

    private static final int WRITERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path root;
    private final String url;
    private final String place;
    private final AtomicInteger passes;
    private final AuditLog log;
    private final DataSource app;

    private LogProcess(String[] args) {
        this.url = args[0];
        this.root = Path.of(args[1]);
        this.place = args[2];
        this.passes = new AtomicInteger(Integer.parseInt(args[3]));
        this.app = source("app");
        LogSettings settings = new LogSettings(
                "log.hoster.example",
                root.resolve("log"),
                root.resolve("guard"),
                Duration.ofMillis(10),
                false,
                Map.of("case", root.resolve("case.policy")));
        this.log = AuditLogConfiguration.open(
                settings,
                LogFixture.CALENDAR,
                new TestKeys(root.resolve("keys"), root.resolve("keys/passphrase")).load(),
                app,
                source("sequencer"),
                InstantSource.system(),
                new SecureRandom(),
                this::reached);
    }

    public static void main(String[] args) throws IOException {
        InstantSource clock = InstantSource.system();
        Instant began = clock.instant();
        LogProcess process = new LogProcess(args);
        long millis = Duration.between(began, clock.instant()).toMillis();
        say(process.log.stopped().map(StopReason::text).orElse(UP + millis));
        Thread.ofPlatform().start(process::step);
        for (int writer = 0; writer < WRITERS; writer++) {
            Thread.ofPlatform().start(process::write);
        }
        while (System.in.read() >= 0) {
            // the test never writes: only its end ends this
        }
        Runtime.getRuntime().halt(1);
    }

    private DataSource source(String role) {
        return new DriverManagerDataSource(url, "sparekey_" + role, role);
    }

    private void step() {
        try {
            while (true) {
                long seen = log.announcements().appended(LogName.CASE).seen();
                if (!log.stepper().step()) {
                    log.announcements()
                            .appended(LogName.CASE)
                            .await(seen, Duration.ofMillis(10).toNanos());
                }
            }
        } catch (InterruptedException | RuntimeException e) {
            say("FAILED " + e);
        }
    }

    private void write() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(app));
        while (true) {
            Pending pending = transaction.execute(status -> log.append(LogFixture.statement("told")));
            say(COMMITTED + pending.leafHash().base64url());
            reached(AFTER_COMMIT);
            log.await(pending.leafHash(), PATIENCE)
                    .ifPresent(recorded -> say(RECORDED + recorded.leafHash().base64url() + " " + recorded.index()));
        }
    }

    /** Inside a transaction or not: the thread stays exactly here until the kill. */
    private void reached(String name) {
        if (!name.equals(place) || passes.decrementAndGet() != 0) {
            return;
        }
        say(REACHED);
        while (true) {
            LockSupport.park();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
