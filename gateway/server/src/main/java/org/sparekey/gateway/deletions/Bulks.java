// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.Failpoint;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.deletion.BulkList;
import org.sparekey.protocol.joint.BulkDeletion;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.JointVerdict;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Two officers let through what one party terminated beyond the usual number. */
final class Bulks {

    private final Parties parties;
    private final AuditLog log;
    private final BulkTable bulks;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final Failpoint failpoint;

    Bulks(
            Parties parties,
            AuditLog log,
            BulkTable bulks,
            TransactionTemplate transaction,
            InstantSource clock,
            Failpoint failpoint) {
        this.parties = parties;
        this.log = log;
        this.bulks = bulks;
        this.transaction = transaction;
        this.clock = clock;
        this.failpoint = failpoint;
    }

    BulkList waiting() {
        return new BulkList(1, BulkList.TYPE, bulks.waiting());
    }

    /** @throws ProblemException CONFLICT when none of them waits any more: somebody was faster, or it is a repeat */
    BulkList approve(Caller officer, byte[] body) {
        JointStatement joint = parse(body);
        BulkDeletion said = checked(joint);
        Actor actor = new Actor(officer.role().name(), Optional.of(officer.messageKeyId()));
        transaction.executeWithoutResult(_ -> {
            boolean known = bulks.lock(said.group());
            if (!known || bulks.approve(said.group(), said.deletions(), clock.instant()) == 0) {
                throw new ProblemException(Problem.CONFLICT, "none of them waits for two officers");
            }
            Map<String, String> clear =
                    Map.of("group", said.group(), "left", Integer.toString(bulks.left(said.group())));
            log.append(new Statement(
                    DeletionStatement.BULK_APPROVED.log(),
                    DeletionStatement.BULK_APPROVED.type(),
                    actor,
                    Optional.empty(),
                    Optional.empty(),
                    clear,
                    joint.bytes()));
            failpoint.reached("deletions." + DeletionStatement.BULK_APPROVED.type());
        });
        return waiting();
    }

    private BulkDeletion checked(JointStatement joint) {
        BulkDeletion said;
        try {
            said = joint.read(BulkDeletion.class);
        } catch (MalformedException e) {
            throw SignedPaper.malformed(e);
        }
        JointVerdict verdict = JointCheck.check(
                joint, said, key -> parties.documentKey(key).map(EnrolledKey::signer), clock.instant());
        if (verdict instanceof JointVerdict.Invalid(var fault)) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
        }
        return said;
    }

    private static JointStatement parse(byte[] body) {
        try {
            return JointStatement.parse(body);
        } catch (MalformedException e) {
            throw SignedPaper.malformed(e);
        }
    }
}
