// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Scope;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What time and the witnesses do to enrolments. Each step is one transaction under the row's lock, and finds done what was
 * done before: a crash anywhere leaves the row where it was.
 */
final class EnrolmentSteps {

    private static final int AT_ONCE = 50;

    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentSteps.class);

    private final EnrolmentTable enrolments;
    private final PartyTable parties;
    private final KeyTable keys;
    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    EnrolmentSteps(
            EnrolmentTable enrolments,
            PartyTable parties,
            KeyTable keys,
            AuditLog log,
            TransactionOperations transactions,
            InstantSource clock) {
        this.enrolments = enrolments;
        this.parties = parties;
        this.keys = keys;
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    void step() {
        for (EnrolmentRow due : enrolments.due(clock.instant(), AT_ONCE)) {
            stepAlone(due);
        }
    }

    /** One that fails stays where it was for the next round, and holds up nobody behind it. */
    private void stepAlone(EnrolmentRow due) {
        try {
            transactions.executeWithoutResult(
                    _ -> enrolments.lock(due.enrolment()).ifPresent(this::step));
        } catch (RuntimeException e) {
            LOG.warn(
                    "the step of an enrolment that was {} failed ({}) and is repeated",
                    due.state().word(),
                    e.getClass().getSimpleName());
        }
    }

    private void step(EnrolmentRow row) {
        Instant now = clock.instant();
        switch (row.state()) {
            case INVITED, CLAIMED -> {
                if (!now.isBefore(row.expiresAt())) {
                    enrolments.move(row.enrolment(), EnrolmentState.EXPIRED);
                    log.append(EnrolmentEntries.EXPIRED.of(Actor.GATEWAY, row, Map.of()));
                }
            }
            case SIGNED -> witnessed(row, now);
            case WAITING -> {
                if (row.inForceAt().filter(at -> !now.isBefore(at)).isPresent()) {
                    activate(row, Actor.GATEWAY);
                }
            }
            case IN_FORCE -> endOld(row, now);
            case EXPIRED, BURNT, OVERTAKEN, STOPPED -> {}
        }
    }

    /** The day begins when enough witnesses have seen the entry, not when it was written. */
    private void witnessed(EnrolmentRow row, Instant now) {
        if (row.awaitedLeaf().flatMap(log::find).isEmpty()) {
            return;
        }
        Instant at = EnrolmentDecisions.objection(row.kind(), row.role())
                .map(now::plus)
                .orElse(now);
        enrolments.inForce(row.enrolment(), EnrolmentState.WAITING, at);
        log.append(EnrolmentEntries.WAITING.of(Actor.GATEWAY, row, Map.of("inForceAt", Wire.text(at))));
    }

    /** In the caller's transaction: keys, their entries and the party's, or nothing. */
    void activate(EnrolmentRow row, Actor actor) {
        Instant now = clock.instant();
        List<EnrolmentClaim.Key> claimed = row.keys();
        if (claimed.stream().anyMatch(key -> keys.known(key.keyId()))
                || taken(row)
                || !EnrolmentDecisions.chained(row.role(), parties.authority(row.party()), claimed)
                || !EnrolmentDecisions.valid(claimed, now)) {
            enrolments.move(row.enrolment(), EnrolmentState.OVERTAKEN);
            log.append(EnrolmentEntries.OVERTAKEN.of(actor, row, Map.of()));
            return;
        }
        List<KeyEnrolment> enrolled =
                claimed.stream().map(key -> EnrolmentClaim.enrolled(key, now)).toList();
        row.reseller().ifPresent(facts -> {
            var entry = facts.entry(row.party().value(), enrolled);
            parties.insert(entry, now);
            log.append(EnrolmentEntries.PARTY.statement(actor, Map.of("kind", "RESELLER"), Wire.write(entry)));
        });
        new Enrolling(keys, log, actor).enrol(row.party(), row.person(), row.role(), scopes(row), enrolled);
        enrolments.inForce(row.enrolment(), EnrolmentState.IN_FORCE, now);
        if (row.kind() == EnrolmentRow.Kind.ROTATION) {
            enrolments.old(row.enrolment(), Optional.of(now.plus(EnrolmentDecisions.OVERLAP)));
        }
    }

    private List<Scope> scopes(EnrolmentRow row) {
        return EnrolmentDecisions.scopes(row.role(), row.vouching().flatMap(key -> keys.find(key, KeyUse.DOCUMENT)));
    }

    private boolean taken(EnrolmentRow row) {
        return row.reseller().isPresent() && parties.reseller(row.party()).isPresent();
    }

    /** The keys of the same holder and layers that the new ones replaced. */
    private void endOld(EnrolmentRow row, Instant now) {
        if (row.oldUntil().filter(until -> !now.isBefore(until)).isEmpty()) {
            return;
        }
        List<EnrolmentClaim.Key> current = row.keys();
        List<KeyUse> uses = current.stream().map(EnrolmentClaim.Key::use).toList();
        Instant since = row.inForceAt().orElseThrow();
        for (EnrolledKey key : keys.of(row.party(), row.person())) {
            boolean replaced = uses.contains(key.use())
                    && !key.from().isAfter(since)
                    && current.stream().noneMatch(one -> one.keyId().equals(key.keyId()));
            if (replaced && keys.revoke(key.keyId(), now)) {
                log.append(KeyEntries.revoked(Actor.GATEWAY, key));
            }
        }
        enrolments.old(row.enrolment(), Optional.empty());
    }
}
