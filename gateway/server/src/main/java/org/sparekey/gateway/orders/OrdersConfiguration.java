// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.inventory.Inventory;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.registry.Registry;
import org.sparekey.protocol.order.Matrix;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the room. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OrdersSettings.class, LawSettings.class})
class OrdersConfiguration {

    /** What the room asks of others. */
    record Neighbours(
            Parties parties,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            Keys keys,
            Locator locator,
            LiveGuests guests) {}

    /** The process's own. */
    record Sources(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {}

    @Bean
    Orders orders(
            OrdersSettings settings,
            LawSettings law,
            Parties parties,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            Keys keys,
            Registry registry,
            Inventory inventory,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            SecureRandom random,
            Failpoint failpoint) {
        return open(
                settings,
                AdoptedLaw.open(law, parties, clock),
                new Neighbours(
                        parties,
                        idempotency,
                        refusals,
                        log,
                        keys,
                        new RegistryLocator(registry, clock),
                        inventory::guest),
                new Sources(jdbc, new TransactionTemplate(transactions), clock, random, failpoint));
    }

    @Bean
    Holds holds(JdbcClient jdbc, InstantSource clock) {
        return new Holds(new HoldTable(jdbc), clock);
    }

    /** Levels the rows with the log once, then goes on with what waits. */
    @Bean
    Rounds ordersRounds(Orders orders) {
        return new Rounds("orders", Orders.INTERVAL, orders::level, orders::step, () -> {});
    }

    @Bean
    Waiters waiters(JdbcClient jdbc) {
        return new Waiters(new OrderTable(jdbc)::versions);
    }

    @Bean
    Rounds waitersRounds(Waiters waiters) {
        return new Rounds("order waiters", Waiters.INTERVAL, waiters::open, waiters::look, waiters::close);
    }

    @Bean
    Delegations delegations(
            Parties parties,
            Idempotency idempotency,
            RefusalEntries refusals,
            AuditLog log,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            Failpoint failpoint) {
        return new Delegations(
                new DelegationTable(jdbc),
                parties,
                idempotency,
                refusals,
                log,
                new TransactionTemplate(transactions),
                clock,
                failpoint);
    }

    /** It keeps nothing but rows: as many of it as are wanted. */
    static Delegations delegations(Neighbours rooms, Sources sources) {
        return new Delegations(
                new DelegationTable(sources.jdbc()),
                rooms.parties(),
                rooms.idempotency(),
                rooms.refusals(),
                rooms.log(),
                sources.transaction(),
                sources.clock(),
                sources.failpoint());
    }

    static Orders open(OrdersSettings settings, Supplier<Matrix> law, Neighbours rooms, Sources sources) {
        OrderTable orders = new OrderTable(sources.jdbc());
        HoldTable holds = new HoldTable(sources.jdbc());
        ClockTable clocks = new ClockTable(sources.jdbc());
        Holding holding = new Holding(orders, holds, clocks);
        PaperTable papers = new PaperTable(sources.jdbc());
        ApprovalTable approvals = new ApprovalTable(sources.jdbc());
        SideBySide sideBySide = new SideBySide();
        Exchanges exchanges = new Exchanges();
        RevocationSources revocation = new RevocationSources(
                new RevocationLists(exchanges), new Responders(sources.random(), sources.clock(), exchanges));
        Verification verification =
                new Verification(rooms.parties(), law, new DocumentJudge(rooms.parties(), new DssCheck(), sideBySide));
        Recipients recipients = new Recipients(rooms.parties());
        OrderCases cases =
                new OrderCases(orders, holds, clocks, rooms.log(), sources.transaction(), sources.failpoint());
        Aftermath aftermath = new Aftermath(cases, orders, holds, holding, clocks);
        TakingBack takingBack = new TakingBack(orders, clocks, sources.jdbc());
        StandingWithdrawals standing = new StandingWithdrawals(orders, cases, takingBack, aftermath, sources.clock());
        Filing filing = new Filing(
                orders,
                papers,
                holding,
                clocks,
                aftermath,
                takingBack,
                new Habits(sources.jdbc(), rooms.log()),
                cases,
                rooms.log(),
                rooms.idempotency(),
                rooms.refusals(),
                sources.transaction(),
                settings,
                Matrix.newest());
        Clocks ticking = new Clocks(clocks, orders, cases, sources.clock());
        WithheldCopies copies = new WithheldCopies(orders);
        Basis basis = new Basis(orders, cases, rooms.guests(), recipients, copies);
        CallBackTable callBackTable = new CallBackTable(sources.jdbc());
        CallBacks callBacks = new CallBacks(callBackTable, orders, rooms.parties(), verification, settings);
        Delegations delegations = delegations(rooms, sources);
        Reverification reverification = new Reverification(
                verification, papers, approvals, revocation, rooms.locator(), basis, callBacks, delegations);
        Voices voices = new Voices(approvals, verification, rooms.parties(), delegations);
        Approving approving = new Approving(
                orders, approvals, cases, voices, rooms.idempotency(), rooms.refusals(), callBacks, sources.clock());
        Reading reading = new Reading(
                orders, approvals, papers, holds, callBacks, voices, rooms.log(), rooms.refusals(), sources.clock());
        FrozenTable frozen = new FrozenTable(sources.jdbc());
        Recall recall = new Recall(orders, new DelegationTable(sources.jdbc()), sources.jdbc(), rooms.log());
        Freezing freezing =
                new Freezing(orders, frozen, cases, recall, rooms.log(), sources.transaction(), sources.clock());
        Executions executions = new Executions(
                orders,
                holds,
                approvals,
                cases,
                reverification,
                callBacks,
                copies,
                freezing,
                sources.transaction(),
                sources.clock());
        HandTable hands = new HandTable(sources.jdbc());
        return new Orders(
                new Intake(
                        orders,
                        verification,
                        revocation,
                        filing,
                        new Followups(orders, new Withdrawals(orders, verification), callBacks),
                        recipients,
                        rooms.refusals(),
                        sources.clock(),
                        sources.random()),
                new Locating(
                        orders,
                        holds,
                        cases,
                        rooms.locator(),
                        new Answers(callBacks, rooms.keys(), sources.clock(), sources.random()),
                        copies),
                basis,
                approving,
                new Calling(
                        orders,
                        holding,
                        callBackTable,
                        callBacks,
                        standing,
                        cases,
                        approving,
                        verification,
                        rooms.idempotency(),
                        rooms.refusals(),
                        sources.clock(),
                        sources.random()),
                standing,
                callBackTable,
                executions,
                new ByHand(orders, hands, executions, reverification, sources.clock()),
                reading,
                new Suspensions(
                        sources.jdbc(),
                        orders,
                        new SuspensionNotes(sources.jdbc(), cases),
                        reading,
                        verification,
                        rooms.parties(),
                        rooms.log(),
                        sources.transaction(),
                        sources.clock()),
                freezing,
                new Thawing(
                        orders,
                        frozen,
                        hands,
                        cases,
                        recall,
                        reverification,
                        verification,
                        rooms.refusals(),
                        rooms.log(),
                        sources.transaction(),
                        sources.clock()),
                new Lookups(cases, sources.jdbc()),
                orders,
                ticking,
                new Questions(cases, ticking, holding, rooms.idempotency(), sources.jdbc(), sources.clock()),
                new OfficerRecords(
                        orders,
                        hands,
                        cases,
                        approving,
                        reverification,
                        rooms.idempotency(),
                        sources.jdbc(),
                        sources.clock()));
    }
}
