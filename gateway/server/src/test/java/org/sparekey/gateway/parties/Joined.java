// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.List;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.world.Actor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Somebody whose enrolment is over: keys and entries as {@link EnrolmentSteps} leaves them after the day. */
public final class Joined {

    private Joined() {}

    /** With fresh keys. */
    public static Actor newcomer(TestCa ca, String party, String person) {
        return EnrolmentDesk.newcomer(ca, party, person);
    }

    public static void join(JdbcClient jdbc, AuditLog log, TransactionOperations transactions, Actor actor, Role role) {
        List<KeyEnrolment> keys = List.of(
                KeyEnrolment.of(KeyUse.TLS, actor.tls().certificate()),
                KeyEnrolment.of(KeyUse.MESSAGE, actor.message().certificate()),
                KeyEnrolment.of(KeyUse.DOCUMENT, actor.document().certificate()));
        transactions.executeWithoutResult(_ -> new Enrolling(
                        new KeyTable(jdbc), log, org.sparekey.gateway.auditlog.Actor.GATEWAY)
                .enrol(new PartyId(actor.party()), actor.person(), role, EnrolmentDecisions.scopes(role), keys));
    }
}
