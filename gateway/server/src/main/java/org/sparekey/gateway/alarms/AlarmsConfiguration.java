// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogSettings;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.auditlog.TimeState;
import org.sparekey.gateway.mirror.Mirror;
import org.sparekey.gateway.mirror.MirrorFacts;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlarmSettings.class)
class AlarmsConfiguration {

    @Bean
    Alarms alarms(
            AuditLog log,
            TimeStamping time,
            Mirror mirror,
            AlarmSettings settings,
            LogSettings logSettings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random) {
        return open(
                log,
                time::state,
                mirror::facts,
                settings,
                spool(settings, logSettings),
                channels(settings),
                jdbc,
                transactions,
                clock,
                random);
    }

    static Alarms open(
            AuditLog log,
            Supplier<TimeState> time,
            Supplier<List<MirrorFacts>> mirrors,
            AlarmSettings settings,
            Path spool,
            List<Channel> channels,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random) {
        return new Alarms(
                log,
                time,
                mirrors,
                settings,
                new AlarmTable(jdbc),
                new Spool(spool),
                new Postman(channels, clock),
                new TransactionTemplate(transactions),
                clock,
                random);
    }

    @Bean
    AlarmRunner alarmRunner(Alarms alarms, AlarmSettings settings) {
        return new AlarmRunner(alarms, settings);
    }

    /** Beside what the fork guard remembers, unless told otherwise: outside the database either way. */
    private static Path spool(AlarmSettings settings, LogSettings log) {
        Path own = settings.spoolDirectory();
        return own == null ? Objects.requireNonNull(log.guardDirectory()).resolve("alarms") : own;
    }

    static List<Channel> channels(AlarmSettings settings) {
        List<Channel> channels = new ArrayList<>();
        channels.add(new LogChannel());
        settings.webhooks().forEach(address -> channels.add(new WebhookChannel(address)));
        AlarmSettings.Mail mail = settings.mail();
        if (mail != null) {
            mail.to().forEach(address -> channels.add(new MailChannel(mail, address)));
        }
        return List.copyOf(channels);
    }
}
