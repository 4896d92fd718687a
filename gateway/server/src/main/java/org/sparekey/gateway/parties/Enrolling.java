// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.List;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.Scope;

/** Writes a holder's keys: the row and its entry, side by side, in the caller's transaction. */
final class Enrolling {

    private final KeyTable keys;
    private final AuditLog log;
    private final Actor actor;

    Enrolling(KeyTable keys, AuditLog log, Actor actor) {
        this.keys = keys;
        this.log = log;
        this.actor = actor;
    }

    void enrol(PartyId party, String person, Role role, List<Scope> scopes, List<KeyEnrolment> enrolled) {
        for (KeyEnrolment key : enrolled) {
            keys.insert(party, person, role, scopes, key);
            log.append(KeyEntries.enrolled(actor, party, person, role, key));
        }
    }
}
