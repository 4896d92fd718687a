// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogFacts;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.LogStoppedException;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.auditlog.TimeState;
import org.sparekey.gateway.mirror.MirrorFacts;
import org.sparekey.protocol.json.Wire;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks, enters what begins and what ends, and has it told. {@link #step} runs by itself; tests take it by hand. */
public final class Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final Condition DATABASE_AWAY = Condition.lasting(AlarmKind.DATABASE_AWAY, "database");

    private final AuditLog log;
    private final Supplier<TimeState> time;
    private final AlarmSettings settings;
    private final AlarmTable table;
    private final EntryReader reader;
    private final RootChecks roots;
    private final Supplier<List<MirrorFacts>> mirrors;
    private final Instant since;
    private final Spool spool;
    private final Postman postman;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final SecureRandom random;

    Alarms(
            AuditLog log,
            Supplier<TimeState> time,
            Supplier<List<MirrorFacts>> mirrors,
            AlarmSettings settings,
            AlarmTable table,
            Spool spool,
            Postman postman,
            TransactionTemplate transaction,
            InstantSource clock,
            SecureRandom random) {
        this.log = log;
        this.time = time;
        this.settings = settings;
        this.table = table;
        this.reader = new EntryReader(log, table, settings.ordersPerDay());
        this.roots = new RootChecks(log, settings.scrub());
        this.mirrors = mirrors;
        this.since = clock.instant();
        this.spool = spool;
        this.postman = postman;
        this.transaction = transaction;
        this.clock = clock;
        this.random = random;
    }

    /** The lasting conditions that have been entered and are not over. */
    public Set<Condition> open() {
        return Set.copyOf(table.open());
    }

    /** One look, and whatever is due is sent. */
    public void step() {
        Instant now = clock.instant();
        try {
            Set<Condition> holding = holding(now);
            raise(holding, now);
            enter(holding, now);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("the alarms could not look: the database does not answer", away);
            spool.raise(newId(), DATABASE_AWAY, now);
        } catch (LogStoppedException stopped) {
            // Its alarm is in the spool; it is entered when the log goes on.
            LOG.debug("the log is stopped: {}", stopped.getMessage());
        }
        postman.send(spool);
        sendDue();
    }

    private Set<Condition> holding(Instant now) {
        List<LogFacts> facts = facts();
        Set<Condition> holding = new LinkedHashSet<>(AlarmDecisions.holding(facts, time.get(), settings, now));
        // A shard of a year that is over has no figures any more; that it stopped stops everything all the same.
        log.recovery().stoppedShards().keySet().stream()
                .filter(origin -> facts.stream().noneMatch(log -> log.origin().equals(origin)))
                .forEach(origin -> holding.add(Condition.lasting(AlarmKind.LOG_STOPPED, origin)));
        holding.addAll(AlarmDecisions.mirrored(mirrors.get(), settings, since, now));
        holding.addAll(roots.look(table.open(), now));
        // Reading it through is what finds a damaged file.
        spool.all();
        spool.damaged().forEach(file -> holding.add(Condition.lasting(AlarmKind.SPOOL_DAMAGED, file)));
        return holding;
    }

    private List<LogFacts> facts() {
        List<LogFacts> facts = new ArrayList<>();
        for (LogName name : LogName.values()) {
            facts.add(log.facts(name));
        }
        return facts;
    }

    /** Integrity alarms are on the local disk and on their way before anything is tried with log or database. */
    private void raise(Set<Condition> holding, Instant now) {
        Set<Condition> known = table.open();
        for (Condition condition : holding) {
            if (condition.kind().integrity() && !known.contains(condition)) {
                spool.raise(newId(), condition, now);
            }
        }
        postman.send(spool);
    }

    /** State, entries and notices in one transaction; what waits in the spool is entered with its own time. */
    private void enter(Set<Condition> seen, Instant now) {
        List<Spool.Waiting> waiting =
                spool.all().stream().filter(each -> !each.entered()).toList();
        transaction.executeWithoutResult(status -> {
            table.lock();
            Set<Condition> holding = new LinkedHashSet<>(seen);
            waiting.forEach(each -> holding.add(each.condition()));
            Set<Condition> open = table.open();
            EntryReader.Read read = found();
            holding.addAll(read.found());
            open.stream()
                    .filter(each -> each.kind().endsByEntry() && !read.over().contains(each))
                    .forEach(holding::add);
            AlarmDecisions.Changes changes = AlarmDecisions.changes(open, holding);
            changes.opened().forEach(condition -> opened(condition, waiting, now));
            changes.closed().stream().filter(Condition::lasting).forEach(condition -> closed(condition, now));
        });
        waiting.forEach(each -> spool.write(each.whenEntered()));
    }

    /** An entry that was altered keeps no other alarm from being entered; the root check has raised its own. */
    private EntryReader.Read found() {
        try {
            return reader.read();
        } catch (AlteredEntryException altered) {
            LOG.error("reading the entries stops in front of one that was altered", altered);
            return EntryReader.Read.NOTHING;
        }
    }

    private void opened(Condition condition, List<Spool.Waiting> waiting, Instant now) {
        Optional<Spool.Waiting> spooled = waiting.stream()
                .filter(each -> each.condition().equals(condition))
                .findFirst();
        UUID id = spooled.map(Spool.Waiting::alarm).orElseGet(this::newId);
        if (!table.open(id, condition, now)) {
            return;
        }
        Notice notice = new Notice(
                id,
                Notice.Change.OPENED,
                condition.kind(),
                condition.subject(),
                spooled.map(Spool.Waiting::at).orElse(now));
        append(notice);
        if (spooled.isEmpty()) {
            postman.channels().forEach(channel -> table.due(notice, channel, now));
        }
    }

    private void closed(Condition condition, Instant now) {
        table.close(condition, now).ifPresent(id -> {
            Notice notice = new Notice(id, Notice.Change.CLOSED, condition.kind(), condition.subject(), now);
            append(notice);
            postman.channels().forEach(channel -> table.due(notice, channel, now));
        });
    }

    private void append(Notice notice) {
        Map<String, String> clear = Map.of(
                "alarm", notice.alarm().toString(),
                "kind", notice.kind().code(),
                "since", notice.at().toString());
        String type = notice.change() == Notice.Change.OPENED ? "alarm.opened" : "alarm.closed";
        log.append(new Statement(
                LogName.CASE,
                type,
                Actor.GATEWAY,
                Optional.empty(),
                Optional.empty(),
                clear,
                Wire.write(notice.fields())));
    }

    /** RFC 9562 section 5.4. */
    private UUID newId() {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63);
    }

    private void sendDue() {
        try {
            postman.send(table);
        } catch (DataAccessException away) {
            LOG.warn("notices that are due stay so: the database does not answer", away);
        }
    }
}
