// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.transaction.support.TransactionOperations;

/** Takes keys back. One officer suffices; it is in force on the next request. */
public final class Revocations implements SmartInitializingSingleton {

    static final int ENTRIES_AT_ONCE = 500;

    private final KeyTable keys;
    private final EnrolmentTable enrolments;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    Revocations(
            KeyTable keys,
            EnrolmentTable enrolments,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock) {
        this.keys = keys;
        this.enrolments = enrolments;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Revokes a key, with its entry in the same transaction; a second time changes nothing. A rotation that it vouched for
     * and that officers have not signed for is stopped with it.
     *
     * @throws ProblemException FORBIDDEN for whoever is neither officer nor supervisor, NOT_FOUND for an unknown key
     */
    public void revoke(Caller caller, Digest keyId) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.SUPERVISOR) {
            throw new ProblemException(Problem.FORBIDDEN, "an officer or the supervisor revokes keys");
        }
        EnrolledKey key =
                find(keyId).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such key is enrolled"));
        Actor actor = new Actor(caller.role().name(), Optional.of(caller.messageKeyId()));
        transactions.executeWithoutResult(status -> {
            if (keys.revoke(keyId, clock.instant())) {
                log.append(KeyEntries.revoked(actor, key));
                stopVouchedFor(key, actor);
            }
        });
    }

    /** Whoever stole the old key asked for new ones with it. */
    private void stopVouchedFor(EnrolledKey key, Actor actor) {
        enrolments.lockRotations(key.party(), key.person()).stream()
                .filter(row -> row.vouching().equals(Optional.of(key.keyId())))
                .forEach(row -> {
                    enrolments.move(row.enrolment(), EnrolmentState.STOPPED);
                    log.append(EnrolmentEntries.STOPPED.of(actor, row, Map.of("reason", "REVOKED")));
                });
    }

    /**
     * Before the door opens: what the log says is revoked is revoked, whatever became of the tables in between. (A database
     * that is behind its log is stopped by the log's own guard.)
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<EntryText> entries = log.after(LogName.CASE, Optional.empty(), ENTRIES_AT_ONCE);
        while (!entries.isEmpty()) {
            entries.forEach(this::restore);
            entries = log.after(LogName.CASE, Optional.of(entries.getLast().recorded()), ENTRIES_AT_ONCE);
        }
    }

    private void restore(EntryText entry) {
        var parsed = entry.parsed();
        KeyEntries.revoked(parsed.type(), parsed.clear())
                .filter(keyId -> find(keyId).isPresent())
                .ifPresent(keyId -> keys.revoke(keyId, parsed.time()));
    }

    private Optional<EnrolledKey> find(Digest keyId) {
        return keys.anyUse(keyId);
    }
}
