// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the time-stamps. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TimeSettings.class)
class TimeConfiguration {

    @Bean
    TimeStamping timeStamping(
            AuditLog log,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            TimeSettings settings,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        return new TimeStamping(log, jdbc, new TransactionTemplate(transactions), settings, clock, random, failpoint);
    }

    @Bean
    TimeStampRunner timeStampRunner(TimeStamping time, TimeSettings settings) {
        return new TimeStampRunner(time, settings);
    }
}
