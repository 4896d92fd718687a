// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    Registry registry(
            JdbcClient jdbc,
            Parties parties,
            Inventory inventory,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        Tables tables = new Tables(
                new BatchTable(jdbc),
                new RegistrationTable(jdbc),
                new IdentifierTable(jdbc),
                new AddressTable(jdbc),
                new HandOverTable(jdbc));
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        Registrar registrar = new Registrar(
                parties,
                inventory,
                idempotency,
                log,
                new RefusalLog(refusals),
                tables,
                transaction,
                clock,
                random,
                failpoint);
        return new Registry(
                registrar, new Receipts(log), new Locator(parties, inventory, tables), parties, inventory, tables, log);
    }
}
