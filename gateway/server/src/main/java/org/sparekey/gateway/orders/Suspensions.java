// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.joint.AuthorityResumption;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.JointVerdict;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.AuthorityReport;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The kill-switch: one officer or the supervisor suspends an authority, and from the next request on it submits nothing, is
 * shown nothing, and nothing is captured, released or published for it. Holds stay: nobody's evidence is lost by it. Two
 * officers and the supervisor resume it.
 */
final class Suspensions {

    private static final String SUSPENDED = "authority.suspended";
    private static final String RESUMED = "authority.resumed";
    /** Orders of one page of the report, each with all its acts. */
    static final int PAGE = 200;

    /** Whose acts the report shows. */
    private static final Set<String> AUTHORITY =
            Set.of(Role.INVESTIGATOR.name(), Role.PROSECUTOR.name(), Role.JUDGE.name());

    private final JdbcClient jdbc;
    private final OrderTable orders;
    private final SuspensionNotes notes;
    private final Reading reading;
    private final Verification verification;
    private final Parties parties;
    private final AuditLog log;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Suspensions(
            JdbcClient jdbc,
            OrderTable orders,
            SuspensionNotes notes,
            Reading reading,
            Verification verification,
            Parties parties,
            AuditLog log,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.notes = notes;
        this.reading = reading;
        this.verification = verification;
        this.parties = parties;
        this.log = log;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Tells more of the cases that were open when a switch was pulled. */
    void step(int atMost) {
        notes.step(atMost);
    }

    /** @throws ProblemException AUTHORITY_SUSPENDED for its people */
    void requireServed(Caller caller) {
        if (AUTHORITY.contains(caller.role().name())
                && since(caller.party().value()).isPresent()) {
            throw new ProblemException(Problem.AUTHORITY_SUSPENDED, "your authority is suspended here; telephone");
        }
    }

    /** A second time changes nothing. */
    AuthorityReport suspend(Caller caller, String authority) {
        requireWatcher(caller);
        requireKnown(authority);
        transaction.executeWithoutResult(_ -> {
            int written = jdbc.sql("""
                    INSERT INTO orders_suspension (authority, suspended_at) VALUES (:authority, :at)
                    ON CONFLICT DO NOTHING
                    """)
                    .param("authority", authority)
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
            if (written == 1) {
                enter(SUSPENDED, caller, Wire.write(Map.of("authority", authority)));
                notes.due(authority, OrderStatement.AUTHORITY_SUSPENDED, Intake.actor(caller));
            }
        });
        notes.step(Orders.STEPS_AT_ONCE);
        return report(caller, authority);
    }

    AuthorityReport resume(Caller caller, String authority, byte[] json) throws MalformedException {
        requireWatcher(caller);
        JointStatement joint = JointStatement.parse(json);
        AuthorityResumption said = joint.read(AuthorityResumption.class);
        JointVerdict verdict = JointCheck.checkWithSupervisor(joint, said, verification::signer, clock.instant());
        if (verdict instanceof JointVerdict.Invalid(var fault)) {
            throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
        }
        transaction.executeWithoutResult(_ -> {
            boolean meant =
                    said.authority().equals(authority) && since(authority).equals(Optional.of(said.suspendedAt()));
            if (!meant) {
                throw new ProblemException(Problem.CONFLICT, "there is no such suspension");
            }
            jdbc.sql("UPDATE orders_suspension SET lifted_at = :at WHERE authority = :authority AND lifted_at IS NULL")
                    .param("at", Timestamp.from(clock.instant()))
                    .param("authority", authority)
                    .update();
            enter(RESUMED, caller, json);
            notes.due(authority, OrderStatement.AUTHORITY_RESUMED, Intake.actor(caller));
        });
        notes.step(Orders.STEPS_AT_ONCE);
        return report(caller, authority);
    }

    private AuthorityReport report(Caller caller, String authority) {
        return report(caller, authority, Optional.empty());
    }

    /**
     * From the log: what its people did, and what they were given.
     *
     * @param behind the order that the page before ended with
     */
    AuthorityReport report(Caller caller, String authority, Optional<OrderId> behind) {
        requireWatcher(caller);
        requireKnown(authority);
        List<OrderId> page = orders.newest(authority, behind, PAGE + 1);
        List<AuthorityReport.Reported> reported = page.stream()
                .limit(PAGE)
                .map(id -> new AuthorityReport.Reported(reading.status(id).orElseThrow(), acts(id)))
                .toList();
        Optional<String> next =
                page.size() > PAGE ? Optional.of(page.get(PAGE - 1).code()) : Optional.empty();
        return new AuthorityReport(authority, since(authority), reported, next);
    }

    private List<AuthorityReport.Act> acts(OrderId id) {
        return log.ofCase(id.code()).stream()
                .map(EntryText::parsed)
                .filter(entry -> AUTHORITY.contains(entry.actor().role()))
                .map(entry ->
                        new AuthorityReport.Act(entry.type(), entry.actor().role(), entry.time(), entry.clear()))
                .toList();
    }

    private Optional<Instant> since(String authority) {
        return jdbc.sql("SELECT suspended_at FROM orders_suspension WHERE authority = :authority AND lifted_at IS NULL")
                .param("authority", authority)
                .query(Timestamp.class)
                .optional()
                // As a statement writes it: what the report shows is what the officers sign for.
                .map(at -> at.toInstant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void enter(String type, Caller caller, byte[] payload) {
        Actor actor = Intake.actor(caller);
        log.append(new Statement(LogName.CASE, type, actor, Optional.empty(), Optional.empty(), Map.of(), payload));
    }

    private void requireKnown(String authority) {
        try {
            if (parties.authority(new PartyId(authority)).isPresent()) {
                return;
            }
        } catch (IllegalArgumentException notAnId) {
            throw new ProblemException(Problem.NOT_FOUND, "no such authority", notAnId);
        }
        throw new ProblemException(Problem.NOT_FOUND, "no such authority");
    }

    private static void requireWatcher(Caller caller) {
        if (caller.role() != Role.OFFICER && caller.role() != Role.SUPERVISOR) {
            throw new ProblemException(Problem.FORBIDDEN, "only officers and the supervisor do this");
        }
    }
}
