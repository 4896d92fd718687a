// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.sparekey.gateway.fixture.Migrated;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.keys.TestKeys;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.EntryBundle;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TileNodes;
import org.sparekey.protocol.tree.TilePath;
import org.sparekey.testkit.Database;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database, real files and keys; {@link #start} is a gateway's log coming up on them, again after each crash. */
final class LogFixture {

    static final LogCalendar CALENDAR = new LogCalendar(Duration.ofMillis(10), Duration.ofSeconds(60));
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    final Path directory;
    final Path guards;
    final Keys keys;
    Database.Access access = Migrated.fresh();
    private Map<String, Path> policy = Map.of();
    private DataSource app;
    private volatile Instant now = NOW;

    LogFixture(Path root) {
        this.directory = root.resolve("log");
        this.guards = root.resolve("guard");
        this.keys = keys(root.resolve("keys"));
        this.app = source(access.app());
    }

    /** The database is gone; files, guard and keys are not. */
    void lose() {
        access = Migrated.fresh();
    }

    private static Keys keys(Path directory) {
        try {
            return TestKeys.write(Files.createDirectories(directory)).load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the next start on. @param text a tlog-policy for the case log */
    void policy(String text) {
        try {
            policy = Map.of("case", Files.writeString(directory.resolveSibling("case.policy"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key under which the case log signs. */
    NoteKey caseKey() {
        return keys.log("case", "log.hoster.example/log/case/2026").key();
    }

    AuditLog start() {
        return start(name -> {});
    }

    AuditLog start(Failpoint failpoint) {
        return start(settings(guards), source(access.sequencer()), failpoint);
    }

    /** A log that does not see what the key has signed, on a directory of its own. */
    AuditLog startWithGuards(Path elsewhere) {
        LogSettings settings = new LogSettings(
                "log.hoster.example", elsewhere.resolve("log"), elsewhere, Duration.ofMillis(10), false, Map.of());
        return start(settings, source(access.sequencer()), name -> {});
    }

    AuditLog start(LogSettings settings, DataSource sequencer, Failpoint failpoint) {
        app = source(access.app());
        return AuditLogConfiguration.open(
                settings, CALENDAR, keys, app, sequencer, () -> now, new SecureRandom(), failpoint);
    }

    /** Another gateway on the same database; entries are appended to either. */
    AuditLog replica() {
        return AuditLogConfiguration.open(
                settings(guards),
                CALENDAR,
                keys,
                app,
                source(access.sequencer()),
                () -> now,
                new SecureRandom(),
                name -> {});
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void set(Instant instant) {
        now = instant;
    }

    LogSettings settings(Path guardDirectory) {
        return new LogSettings("log.hoster.example", directory, guardDirectory, Duration.ofMillis(10), false, policy);
    }

    /** What a backup restores: the database as it is now, under another name. */
    Database.Access copy() {
        String name = access.name();
        return Database.shared().copy(name);
    }

    final DataSource source(Database.Login login) {
        return new DriverManagerDataSource(access.url(), login.user(), login.password());
    }

    JdbcClient jdbc(Database.Login login) {
        return JdbcClient.create(source(login));
    }

    /** On the source that {@link #transaction} is about. */
    JdbcClient app() {
        return JdbcClient.create(app);
    }

    JdbcClient criminal() {
        return jdbc(access.superuser());
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(app));
    }

    Pending append(AuditLog log, Statement statement) {
        return transaction().execute(status -> log.append(statement));
    }

    List<Pending> append(AuditLog log, int count) {
        List<Pending> pending = new ArrayList<>();
        transaction().executeWithoutResult(status -> {
            for (int i = 0; i < count; i++) {
                pending.add(log.append(statement("n" + i)));
            }
        });
        return pending;
    }

    static Statement statement(String text) {
        return statement(text, Optional.empty());
    }

    static Statement statement(String text, Optional<CaseLink> link) {
        return new Statement(
                LogName.CASE,
                "order.received",
                Actor.GATEWAY,
                Optional.empty(),
                link,
                Map.of("note", text),
                text.getBytes(StandardCharsets.UTF_8));
    }

    static void all(AuditLog log) {
        while (log.stepper().step()) {
            // until nothing is left
        }
    }

    /** Reads the published directory as an outsider would, recomputes everything, and gives the leaf hashes. */
    static List<Digest> audit(AuditLog log) {
        try {
            SignedNote note = SignedNote.parse(log.checkpoint(LogName.CASE).orElseThrow());
            NoteKey key = NoteKey.parse(log.vkey(LogName.CASE));
            Checkpoint head = Checkpoint.parse(note.text());
            if (note.signers(List.of(key)).isEmpty() || !head.origin().equals(key.name())) {
                throw new AssertionError("a published checkpoint that the log's key did not sign");
            }
            List<Digest> leaves = leaves(log, head.size());
            CompactTree tree = CompactTree.empty();
            leaves.forEach(tree::append);
            TileNodes nodes = new TileNodes(
                    head.size(), path -> log.tile(LogName.CASE, path).orElseThrow());
            if (!tree.root().equals(head.root()) || !nodes.root(head.size()).equals(head.root())) {
                throw new AssertionError("bundles, tiles and checkpoint do not agree");
            }
            return leaves;
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Digest> leaves(AuditLog log, long size) throws MalformedException {
        List<Digest> leaves = new ArrayList<>();
        for (long index = 0; index * TilePath.FULL < size; index++) {
            TilePath path = TilePath.in(size, TilePath.ENTRIES, index).orElseThrow();
            for (byte[] entry : EntryBundle.decode(log.tile(LogName.CASE, path).orElseThrow())) {
                LogEntry.parse(entry);
                leaves.add(LogEntry.leafHash(entry));
            }
        }
        return leaves;
    }
}
