// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.orders.OrderFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.gateway.orders.Orders;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the after-entry of an execution on paper. It changes no state and proves nothing that happened: it says in the log,
 * for ever, that something was done that the log did not order.
 */
final class OutOfBand {

    private final Orders orders;
    private final AuditLog log;
    private final Parties parties;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    OutOfBand(
            Orders orders,
            AuditLog log,
            Parties parties,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.orders = orders;
        this.log = log;
        this.parties = parties;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param digest SHA-256 of the statement: what makes a repeat harmless, whatever its proofs look like
     * @param entry leaf hash of its entry
     * @param late entered more than 24 hours after the execution: entered all the same
     */
    record Entered(Digest digest, Digest entry, boolean late) {}

    /** The same statement again gives the same entry. @throws ProblemException FORBIDDEN, DOCUMENT_REFUSED, NOT_FOUND */
    Entered enter(Caller officer, byte[] body) {
        if (officer.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer enters what was done on paper");
        }
        JointStatement joint = parse(body);
        OutOfBandExecution said = checked(joint);
        Digest digest = Digest.sha256(joint.statement().array());
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Entered> earlier = earlier(digest);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Entered entered = entered(officer, digest, joint, said);
            if (!insert(entered, said)) {
                // The same statement at the same moment: the other's entry stands, ours never was.
                status.setRollbackOnly();
                return earlier(digest).orElseThrow();
            }
            return entered;
        }));
    }

    private Entered entered(Caller officer, Digest digest, JointStatement joint, OutOfBandExecution said) {
        boolean late = said.late(clock.instant());
        Map<String, String> clear = Map.of(
                OutOfBandExecution.REASON, said.reason().name(),
                OutOfBandExecution.FINISHED_AT, Wire.text(said.finishedAt()),
                OutOfBandExecution.LATE, Boolean.toString(late));
        Actor actor = new Actor(officer.role().name(), Optional.of(officer.messageKeyId()));
        Digest entry = said.order()
                .map(code -> orders.record(
                        known(code, said), EvidenceStatement.OUT_OF_BAND.type(), actor, clear, joint.bytes()))
                .orElseGet(() -> log.append(new Statement(
                                LogName.CASE,
                                EvidenceStatement.OUT_OF_BAND.type(),
                                actor,
                                Optional.empty(),
                                Optional.empty(),
                                clear,
                                joint.bytes()))
                        .leafHash());
        return new Entered(digest, entry, late);
    }

    /** The order that is named, when it is of that authority and is that document. */
    private OrderId known(String code, OutOfBandExecution said) {
        OrderFile order = orders.file(new OrderId(code))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
        Digest document = order.digest();
        if (!order.authority().equals(said.authority()) || !document.equals(said.orderDigest())) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, "the order of this code is another document");
        }
        return order.id();
    }

    private Optional<Entered> earlier(Digest digest) {
        return jdbc.sql("SELECT entry_leaf, late FROM evidence_out_of_band WHERE digest = :digest")
                .param("digest", digest.array())
                .query((row, n) -> new Entered(digest, Digest.of(row.getBytes("entry_leaf")), row.getBoolean("late")))
                .optional();
    }

    private boolean insert(Entered entered, OutOfBandExecution said) {
        return jdbc.sql("""
                        INSERT INTO evidence_out_of_band (digest, order_code, finished_at, entered_at, late, entry_leaf)
                        VALUES (:digest, :order, :finishedAt, :now, :late, :leaf) ON CONFLICT DO NOTHING
                        """)
                        .param("digest", entered.digest().array())
                        .param("order", said.order().orElse(null), Types.VARCHAR)
                        .param("finishedAt", Timestamp.from(said.finishedAt()))
                        .param("now", Timestamp.from(clock.instant()))
                        .param("late", entered.late())
                        .param("leaf", entered.entry().array())
                        .update()
                == 1;
    }

    private OutOfBandExecution checked(JointStatement joint) {
        OutOfBandExecution said;
        try {
            said = joint.read(OutOfBandExecution.class);
        } catch (MalformedException e) {
            throw malformed(e);
        }
        return JointCheck.check(
                        joint, said, key -> parties.anyDocumentKey(key).map(EnrolledKey::signer), clock.instant())
                .match(_ -> said, fault -> {
                    throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
                });
    }

    private static JointStatement parse(byte[] body) {
        try {
            return JointStatement.parse(body);
        } catch (MalformedException e) {
            throw malformed(e);
        }
    }

    private static ProblemException malformed(MalformedException e) {
        return new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
    }
}
