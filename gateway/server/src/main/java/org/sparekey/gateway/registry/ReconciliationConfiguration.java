// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Parties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the comparison of registrations with listings. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconciliationSettings.class)
class ReconciliationConfiguration {

    @Bean
    Reconciliation reconciliation(
            JdbcClient jdbc,
            Inventory inventory,
            AuditLog log,
            Keys keys,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        return new Reconciliation(
                inventory,
                new RegistrationTable(jdbc),
                new CoverageTable(jdbc),
                new NoticeTable(jdbc),
                new CoverageLog(log, keys, random),
                new TransactionTemplate(transactions),
                clock,
                random,
                failpoint);
    }

    @Bean
    ReconciliationRunner reconciliationRunner(Reconciliation reconciliation, ReconciliationSettings settings) {
        return new ReconciliationRunner(reconciliation, settings);
    }

    @Bean
    RegistryDump registryDump(
            JdbcClient jdbc, Parties parties, Inventory inventory, Reconciliation reconciliation, AuditLog log) {
        return new RegistryDump(
                parties, inventory, reconciliation, new DumpTable(jdbc), log, new RegistrationTable(jdbc));
    }
}
