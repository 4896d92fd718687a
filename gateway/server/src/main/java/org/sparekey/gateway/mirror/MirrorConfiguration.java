// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, MirrorSettings.class})
class MirrorConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    Mirror mirror(
            KafkaSettings kafka,
            MirrorSettings settings,
            AuditLog log,
            JdbcClient app,
            InstantSource clock,
            SecureRandom random) {
        return open(kafka, settings, log, new Lease(app, clock, random), clock, name -> {});
    }

    @Bean
    MirrorRunner mirrorRunner(Mirror mirror, MirrorSettings settings) {
        return new MirrorRunner(mirror, settings);
    }

    static Mirror open(
            KafkaSettings kafka,
            MirrorSettings settings,
            AuditLog log,
            Lease lease,
            InstantSource clock,
            Failpoint failpoint) {
        if (kafka.bootstrapServers().isEmpty()) {
            return new Mirror(log, Optional.empty());
        }
        KafkaClients clients = new KafkaClients(kafka.bootstrapServers(), kafka.properties());
        return new Mirror(log, Optional.of(new Outlet(clients, new Topics(settings), lease, clock, failpoint)));
    }
}
