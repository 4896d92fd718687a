// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.seal.Sealer;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.orders.Delegations;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the room. A gateway without an evidence directory has no capture right: that is how {@code observe} runs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("sparekey.evidence.directory")
@EnableConfigurationProperties({EvidenceSettings.class, Keeping.class})
class EvidenceConfiguration {

    @Bean
    AttemptTable evidenceAttempts(JdbcClient jdbc) {
        return new AttemptTable(jdbc);
    }

    @Bean
    IsolationTable evidenceIsolations(JdbcClient jdbc) {
        return new IsolationTable(jdbc);
    }

    @Bean
    EvidenceFolders evidenceFolders(EvidenceSettings settings, SecureRandom random) {
        return new EvidenceFolders(settings.requiredDirectory(), random);
    }

    @Bean
    Evidence evidence(
            Orders orders,
            AuditLog log,
            TimeStamping time,
            Keys keys,
            LiveFacts facts,
            AttemptTable attempts,
            IsolationTable isolations,
            EvidenceFolders folders,
            EvidenceSettings settings,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint,
            Optional<CaptureProgress> progress) {
        return open(
                new Neighbours(orders, log, time, keys, facts),
                new Stores(attempts, isolations, folders, new TransactionTemplate(transactions)),
                settings,
                clock,
                random,
                failpoint,
                progress.orElse(CaptureProgress.NONE));
    }

    /** What the room asks of others. */
    record Neighbours(Orders orders, AuditLog log, TimeStamping time, Keys keys, LiveFacts facts) {}

    /** Where the room keeps what it knows. */
    record Stores(
            AttemptTable attempts,
            IsolationTable isolations,
            EvidenceFolders folders,
            TransactionTemplate transaction) {}

    static Evidence open(
            Neighbours rooms,
            Stores stores,
            EvidenceSettings settings,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint,
            CaptureProgress progress) {
        Outcomes outcomes =
                new Outcomes(rooms.orders(), stores.attempts(), stores.isolations(), stores.transaction(), random);
        TicketDesk tickets = new TicketDesk(rooms.keys().statement(), clock, random);
        CaptureStep captures = new CaptureStep(
                rooms.orders(),
                rooms.log(),
                rooms.time(),
                stores.attempts(),
                outcomes,
                rooms.facts(),
                tickets,
                new ManifestDesk(rooms.keys().manifest(), clock, random),
                stores.folders(),
                new Sealer(random, clock),
                settings,
                stores.transaction(),
                clock,
                failpoint,
                progress);
        return new Evidence(
                rooms.orders(),
                captures,
                new TakeOverStep(rooms.orders(), stores.attempts(), stores.transaction(), failpoint),
                new ReconcileStep(stores.attempts(), captures, outcomes, rooms.facts(), failpoint),
                new ReleaseStep(
                        rooms.orders(),
                        rooms.log(),
                        rooms.time(),
                        stores.attempts(),
                        settings,
                        stores.transaction(),
                        failpoint),
                stores.attempts(),
                takeDowns(rooms, stores, settings, outcomes, tickets, clock, random, failpoint));
    }

    private static TakeDowns takeDowns(
            Neighbours rooms,
            Stores stores,
            EvidenceSettings settings,
            Outcomes outcomes,
            TicketDesk tickets,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        LinkHand hand = new LinkHand(rooms.facts(), rooms.keys().statement(), clock, random);
        return new TakeDowns(
                rooms.orders(),
                new IsolateStep(
                        rooms.orders(),
                        rooms.log(),
                        stores.isolations(),
                        outcomes,
                        rooms.facts(),
                        hand,
                        tickets,
                        settings,
                        stores.transaction(),
                        clock,
                        failpoint),
                new RestoreStep(
                        rooms.orders(),
                        rooms.log(),
                        stores.isolations(),
                        hand,
                        settings,
                        stores.transaction(),
                        failpoint),
                new StrayStep(rooms.orders(), stores.isolations(), hand, stores.transaction(), failpoint),
                settings.isolate());
    }

    @Bean
    LiveFacts liveFacts(
            Optional<Hypervisor> hypervisor, Parties parties, Delegations delegations, InstantSource clock) {
        return new LiveFacts(hypervisor, parties, delegations, clock);
    }

    @Bean
    Delivery delivery(
            Orders orders,
            AuditLog log,
            TimeStamping time,
            AttemptTable attempts,
            EvidenceFolders folders,
            RefusalEntries refusals,
            SecureRandom random) {
        return new Delivery(orders, log, time, attempts, folders, refusals, random);
    }

    @Bean
    Destruction destruction(
            Orders orders,
            AuditLog log,
            AttemptTable attempts,
            LiveFacts facts,
            EvidenceFolders folders,
            Keeping keeping,
            EvidenceSettings settings,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return new Destruction(
                orders,
                log,
                new LeftAttempts(orders, attempts, facts, transaction, failpoint),
                attempts,
                new DestructionTable(jdbc, attempts),
                folders,
                keeping,
                settings.proofWait(),
                transaction,
                clock,
                random,
                failpoint);
    }

    @Bean
    Acknowledgements acknowledgements(
            Orders orders,
            Delivery delivery,
            Parties parties,
            Idempotency idempotency,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            Failpoint failpoint) {
        return new Acknowledgements(
                orders, delivery, parties, idempotency, jdbc, new TransactionTemplate(transactions), clock, failpoint);
    }

    @Bean
    OutOfBand outOfBand(
            Orders orders,
            AuditLog log,
            Parties parties,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock) {
        return new OutOfBand(orders, log, parties, jdbc, new TransactionTemplate(transactions), clock);
    }

    @Bean
    EvidenceRunner evidenceRunner(Evidence evidence, Destruction destruction, EvidenceSettings settings) {
        return new EvidenceRunner(evidence, destruction, settings);
    }
}
