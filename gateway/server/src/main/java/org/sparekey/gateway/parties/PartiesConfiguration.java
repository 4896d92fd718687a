// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
class PartiesConfiguration {

    @Bean
    Parties parties(JdbcClient jdbc, InstantSource clock) {
        return new Parties(new PartyTable(jdbc), new KeyTable(jdbc), clock);
    }

    @Bean
    Idempotency idempotency(JdbcClient jdbc, InstantSource clock) {
        return new Idempotency(jdbc, clock);
    }

    @Bean
    Bootstrap bootstrap(JdbcClient jdbc, AuditLog log, TransactionOperations transactions, InstantSource clock) {
        return new Bootstrap(new PartyTable(jdbc), new KeyTable(jdbc), log, transactions, clock);
    }

    @Bean
    Revocations revocations(JdbcClient jdbc, AuditLog log, TransactionOperations transactions, InstantSource clock) {
        return new Revocations(new KeyTable(jdbc), new EnrolmentTable(jdbc), log, transactions, clock);
    }

    @Bean
    RefusalEntries refusalEntries(
            JdbcClient jdbc,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock,
            Failpoint failpoint) {
        return new RefusalEntries(log, new RefusalTable(jdbc), transactions, clock, failpoint);
    }

    @Bean
    Enrolments enrolments(
            JdbcClient jdbc,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock,
            SecureRandom random) {
        EnrolmentTable table = new EnrolmentTable(jdbc);
        PartyTable parties = new PartyTable(jdbc);
        KeyTable keys = new KeyTable(jdbc);
        EnrolmentSteps steps = new EnrolmentSteps(table, parties, keys, log, transactions, clock);
        Claiming claiming =
                new Claiming(table, parties, keys, steps, idempotency, refusals, log, transactions, clock, random);
        return new Enrolments(table, parties, keys, steps, claiming, idempotency, log, transactions, clock, random);
    }

    @Bean
    AuthorityImports authorityImports(
            JdbcClient jdbc, AuditLog log, TransactionOperations transactions, InstantSource clock) {
        return new AuthorityImports(
                new ImportTable(jdbc), new PartyTable(jdbc), new KeyTable(jdbc), log, transactions, clock);
    }

    @Bean
    PartiesRunner partiesRunner(Enrolments enrolments, AuthorityImports authorities, RefusalEntries refusals) {
        return new PartiesRunner(enrolments, authorities, refusals);
    }
}
