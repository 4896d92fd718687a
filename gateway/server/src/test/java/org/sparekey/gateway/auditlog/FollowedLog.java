// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A log on a real database with a clock that a test moves, for the tests of the rooms that follow it. */
public final class FollowedLog {

    private final LogFixture fixture;
    private AuditLog log;

    public FollowedLog(Path root) {
        this.fixture = new LogFixture(root);
        this.log = fixture.start();
    }

    public AuditLog log() {
        return log;
    }

    /** Another process on the same database and files. */
    public AuditLog restart() {
        log = fixture.start();
        return log;
    }

    /** What a crash at one of the log's points leaves behind. */
    public void crashAt(String point) {
        AuditLog dying = fixture.start(name -> {
            if (name.equals(point)) {
                throw new IllegalStateException("the power is gone");
            }
        });
        try {
            dying.stepper().step();
        } catch (IllegalStateException gone) {
            return;
        }
        throw new AssertionError("the log never came to " + point);
    }

    public InstantSource clock() {
        return fixture::now;
    }

    public void pass(Duration time) {
        fixture.pass(time);
    }

    public JdbcClient app() {
        return fixture.app();
    }

    public JdbcClient criminal() {
        return fixture.criminal();
    }

    public PlatformTransactionManager transactions() {
        return Objects.requireNonNull(fixture.transaction().getTransactionManager());
    }

    public Pending append(Statement statement) {
        return new TransactionTemplate(transactions()).execute(status -> log.append(statement));
    }

    /** An entry of a case, by its number in it. */
    public Pending ofCase(String type, Actor actor, CaseLink link, Map<String, String> clear) {
        return append(
                new Statement(LogName.CASE, type, actor, Optional.empty(), Optional.of(link), clear, new byte[1]));
    }

    /** An entry of no case. */
    public Pending of(LogName name, String type, Actor actor, Map<String, String> clear) {
        return append(new Statement(name, type, actor, Optional.empty(), Optional.empty(), clear, new byte[1]));
    }

    public void publish() {
        LogFixture.all(log);
    }

    /** The next year comes, and with it the next shard of both logs. */
    public void newYear() {
        fixture.set(Instant.parse("2027-01-01T00:00:00Z"));
        turn();
        fixture.pass(ShardChange.GRACE);
        turn();
    }

    private void turn() {
        boolean turned = true;
        while (turned) {
            turned = log.stepper().turn(LogName.REGISTRY) | log.stepper().turn(LogName.CASE);
            turned |= log.stepper().step();
        }
    }
}
