// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.orders.Holds;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.registry.Registry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeletionsSettings.class)
class DeletionsConfiguration {

    @Bean
    Deletions deletions(
            Parties parties,
            Idempotency idempotency,
            RefusalEntries refusals,
            Registry registry,
            Inventory inventory,
            Holds holds,
            Keys keys,
            AuditLog log,
            DeletionsSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        DeletionTable deletions = new DeletionTable(jdbc);
        AttemptTable attempts = new AttemptTable(jdbc);
        BulkTable bulks = new BulkTable(jdbc);
        SignedPaper papers = new SignedPaper(parties);
        DeletionCase cases = new DeletionCase(log, deletions, failpoint);
        return new Deletions(
                new Terminations(
                        registry,
                        papers,
                        idempotency,
                        refusals,
                        log,
                        deletions,
                        new RequestTable(jdbc),
                        bulks,
                        settings,
                        transaction,
                        clock,
                        random,
                        failpoint),
                new Permits(
                        registry,
                        inventory,
                        holds,
                        log,
                        deletions,
                        attempts,
                        cases,
                        keys.statement(),
                        settings,
                        transaction,
                        clock,
                        failpoint),
                new Reports(papers, deletions, attempts, cases, transaction, failpoint),
                new Bulks(parties, log, bulks, transaction, clock, failpoint),
                deletions,
                log,
                clock);
    }
}
