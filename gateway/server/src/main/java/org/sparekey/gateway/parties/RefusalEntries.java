// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Wire;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Enters what enrolled parties were refused, so that it can be shown to them; for each party and reason ten a minute at
 * most. The rest are counted and become one entry, so that nobody floods the log and nobody's tries go unrecorded
 * (5-auditlog, Entries). A refusal changes nothing else.
 */
public final class RefusalEntries {

    public static final int MAX_PER_MINUTE = 10;

    /** The one entry of those that were left out. */
    public static final String COUNTED = "refusals.counted";

    static final int COUNTED_AT_ONCE = 100;

    private final AuditLog log;
    private final RefusalTable table;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    private final Failpoint failpoint;

    RefusalEntries(
            AuditLog log,
            RefusalTable table,
            TransactionOperations transactions,
            InstantSource clock,
            Failpoint failpoint) {
        this.log = log;
        this.table = table;
        this.transactions = transactions;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    /**
     * Enters a refusal in a transaction of its own, or counts it.
     *
     * @throws IllegalTransactionStateException inside a transaction: what was refused is rolled back, its entry must not be
     */
    public void enter(RefusedAttempt refusal) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("a refusal is entered after what was refused is undone");
        }
        transactions.executeWithoutResult(_ -> {
            admit(refusal.party(), refusal.reason(), refusal.log())
                    .ifPresent(leftOut -> log.append(statement(refusal, leftOut)));
            failpoint.reached("parties.refusing");
        });
        failpoint.reached("parties.refused");
    }

    /**
     * For refusals that are entries of their case: counts this one, in the transaction of its entry.
     *
     * @return how many were left out since the last entry; empty when this one is left out too
     * @throws IllegalTransactionStateException outside a transaction
     */
    public Optional<Integer> admit(PartyId party, String reason, LogName into) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("a refusal is counted in the transaction of its entry");
        }
        RefusalTable.Window window =
                table.lock(party, reason, into, clock.instant()).at(clock.instant());
        boolean admitted = window.entered() < MAX_PER_MINUTE;
        table.store(party, reason, window.entered(admitted));
        return admitted ? Optional.of(window.leftOut()) : Optional.empty();
    }

    /** Enters the counts of the minutes that are over. @return whether there were any */
    public boolean step() {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            List<RefusalTable.Owed> owed = table.owed(clock.instant(), COUNTED_AT_ONCE);
            owed.forEach(this::count);
            return !owed.isEmpty();
        }));
    }

    private void count(RefusalTable.Owed owed) {
        Map<String, String> clear = Map.of("reason", owed.reason(), "count", Integer.toString(owed.leftOut()));
        Map<String, String> payload = new HashMap<>(clear);
        payload.put("party", owed.party().value());
        log.append(new Statement(
                owed.log(), COUNTED, Actor.GATEWAY, Optional.empty(), Optional.empty(), clear, Wire.write(payload)));
        table.store(owed.party(), owed.reason(), new RefusalTable.Window(clock.instant(), 0, 0));
    }

    private static Statement statement(RefusedAttempt refusal, int leftOut) {
        Map<String, String> clear = new HashMap<>(refusal.clear());
        clear.put("reason", refusal.reason());
        clear.put("suppressed", Integer.toString(leftOut));
        return new Statement(
                refusal.log(),
                refusal.type(),
                refusal.actor(),
                Optional.empty(),
                Optional.empty(),
                clear,
                refusal.payload());
    }
}
