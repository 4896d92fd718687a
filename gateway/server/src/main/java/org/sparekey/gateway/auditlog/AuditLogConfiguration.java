// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import javax.sql.DataSource;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.keys.LogSigner;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LogSettings.class, LogCalendar.class})
class AuditLogConfiguration {

    @Bean
    Failpoint failpoint() {
        return name -> {};
    }

    @Bean
    @DependsOnDatabaseInitialization
    AuditLog auditLog(
            LogSettings settings,
            LogCalendar calendar,
            Keys keys,
            DataSource app,
            @Qualifier("sequencer") DataSource sequencer,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        return open(settings, calendar, keys, app, sequencer, clock, random, failpoint);
    }

    @Bean
    LogRunner logRunner(AuditLog log, LogSettings settings) {
        return new LogRunner(log, settings, Rest.REAL);
    }

    @Bean
    CalendarRunner calendarRunner(AuditLog log, LogSettings settings, LogCalendar calendar) {
        return new CalendarRunner(log, settings, calendar);
    }

    @Bean
    LogHealth auditlogHealthIndicator(AuditLog log) {
        return new LogHealth(log);
    }

    static AuditLog open(
            LogSettings settings,
            LogCalendar calendar,
            Keys keys,
            DataSource app,
            DataSource sequencer,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        DatabaseRoles.requireNothingOwned(app);
        DatabaseRoles.requireNothingOwned(sequencer);
        LogTable table = new LogTable(JdbcClient.create(sequencer));
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(sequencer));
        ShardTable shardTable = new ShardTable(JdbcClient.create(sequencer));
        Shards shards = shards(settings, keys, shardTable, transaction, clock);
        Map<LogName, LogPolicy> policies = settings.policies();
        CosignatureTable cosignatures = new CosignatureTable(JdbcClient.create(sequencer));
        Stops stops = new Stops();
        Map<LogName, Witnesses> witnesses = new EnumMap<>(LogName.class);
        policies.forEach((log, policy) ->
                witnesses.put(log, new Witnesses(policy, table, cosignatures, stops, clock, failpoint)));
        Steps steps = new Steps(
                table,
                new Sequencer(table, transaction, clock, failpoint),
                new CheckpointSigner(table, transaction, clock, failpoint),
                Map.copyOf(witnesses),
                new Publisher(table, cosignatures, transaction, failpoint));
        JdbcClient jdbc = JdbcClient.create(app);
        Outbox outbox = new Outbox(jdbc, clock, random);
        Recordings recordings = new Recordings(jdbc, new Published(jdbc, policies), stops);
        TransactionTemplate appending = new TransactionTemplate(new JdbcTransactionManager(app));
        TurnEntries turns = new TurnEntries(outbox, recordings, shardTable, appending, keys.statement(), clock, random);
        ShardChange change = new ShardChange(shards, shardTable, transaction, turns, settings, clock, failpoint);
        Anchors anchors =
                new Anchors(shards, outbox, recordings, jdbc, appending, calendar.anchorEvery(), clock, random);
        Rebuild rebuild =
                new Rebuild(table, new RebuildTable(JdbcClient.create(sequencer)), transaction, clock, failpoint);
        Resumption resumption = new Resumption(steps, stops, outbox, appending);
        Closing closing = new Closing(
                shards, shardTable, table, outbox, transaction, appending, settings, stops, clock, failpoint);
        Announcements announcements = new Announcements();
        return new AuditLog(
                shards,
                app,
                outbox,
                recordings,
                steps,
                stops,
                announcements,
                new Stepper(shards, change, anchors, steps, stops, announcements),
                new Recovery(shards, steps, stops, rebuild, resumption, closing, announcements));
    }

    /** The first origin has the year of its opening; every later one comes by a signed change. */
    private static Shards shards(
            LogSettings settings, Keys keys, ShardTable table, TransactionTemplate transaction, InstantSource clock) {
        transaction.executeWithoutResult(status -> {
            for (LogName log : LogName.values()) {
                if (table.rows().stream().noneMatch(row -> row.log() == log)) {
                    first(settings, table, clock.instant(), log);
                }
            }
        });
        return new Shards(table, row -> shard(settings, keys, row));
    }

    /** Under a log that is known from elsewhere, an empty database begins with what it has lost. */
    private static void first(LogSettings settings, ShardTable table, Instant now, LogName log) {
        SortedSet<String> known = KnownOrigins.labels(settings, log);
        if (known.isEmpty()) {
            known.add(Integer.toString(now.atZone(ZoneOffset.UTC).getYear()));
        }
        int number = 0;
        for (String label : known) {
            table.open(log, number++, settings.origin(log, label), now);
            if (!label.equals(known.last())) {
                table.closed(settings.origin(log, label), now);
            }
        }
    }

    private static Shard shard(LogSettings settings, Keys keys, ShardRow row) {
        if (!row.origin().equals(settings.origin(row.log(), row.label()))) {
            throw new IllegalStateException("The log " + row.origin()
                    + " was opened under another name: sparekey.log.public-host must stay what it was.");
        }
        LogSigner signer = keys.log(row.log().text(), row.origin());
        Path directory = settings.requiredDirectory().resolve(row.log().text()).resolve(row.label());
        return new Shard(
                row,
                signer,
                new ForkGuard(settings.requiredGuardDirectory(), row.log(), signer.key()),
                new PublishedFiles(directory, signer.key()));
    }
}
