// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
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
@EnableConfigurationProperties(LogSettings.class)
class AuditLogConfiguration {

    @Bean
    Failpoint failpoint() {
        return name -> {};
    }

    @Bean
    @DependsOnDatabaseInitialization
    AuditLog auditLog(
            LogSettings settings,
            Keys keys,
            DataSource app,
            @Qualifier("sequencer") DataSource sequencer,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        return open(settings, keys, app, sequencer, clock, random, failpoint);
    }

    @Bean
    LogRunner logRunner(AuditLog log, LogSettings settings) {
        return new LogRunner(log, settings);
    }

    @Bean
    LogHealth auditlogHealthIndicator(AuditLog log) {
        return new LogHealth(log);
    }

    static AuditLog open(
            LogSettings settings,
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
        Map<LogName, Shard> shards = new EnumMap<>(LogName.class);
        for (LogName log : LogName.values()) {
            shards.put(log, shard(settings, keys, table, transaction, clock, log));
        }
        Steps steps = new Steps(
                table,
                new Sequencer(table, transaction, clock, failpoint),
                new CheckpointSigner(table, transaction, clock, failpoint),
                new Publisher(table, transaction, failpoint));
        JdbcClient jdbc = JdbcClient.create(app);
        return new AuditLog(shards, app, new Outbox(jdbc, clock, random), new Recordings(jdbc), steps, new Stops());
    }

    /** The year of an origin is that of its opening; the change to the next shard is a signed step of its own. */
    private static Shard shard(
            LogSettings settings,
            Keys keys,
            LogTable table,
            TransactionTemplate transaction,
            InstantSource clock,
            LogName log) {
        int year = clock.instant().atZone(ZoneOffset.UTC).getYear();
        String wanted = settings.origin(log, year);
        String origin = transaction.execute(status -> table.open(log, wanted, clock.instant()));
        String end = origin.substring(origin.lastIndexOf('/') + 1);
        if (!origin.equals(settings.origin(log, Integer.parseInt(end)))) {
            throw new IllegalStateException("The log " + origin
                    + " was opened under another name: sparekey.log.public-host must stay what it was.");
        }
        LogSigner signer = keys.log(log.text(), origin);
        Path directory = settings.requiredDirectory().resolve(log.text()).resolve(end);
        return new Shard(
                log,
                origin,
                signer,
                new ForkGuard(settings.requiredGuardDirectory(), log, signer.key()),
                new PublishedFiles(directory, signer.key()));
    }
}
