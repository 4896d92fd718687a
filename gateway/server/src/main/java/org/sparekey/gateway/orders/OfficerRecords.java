// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OfficerRecord.Means;
import org.sparekey.protocol.order.OfficerRecord.What;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes down what officers do by hand. What they say decides, too, when the gateway's own hand is due: after a block that did
 * not help, and where the order says so.
 */
final class OfficerRecords {

    private final OrderTable orders;
    private final HandTable hands;
    private final OrderCases cases;
    private final Approving approving;
    private final Reverification reverification;
    private final Idempotency idempotency;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    OfficerRecords(
            OrderTable orders,
            HandTable hands,
            OrderCases cases,
            Approving approving,
            Reverification reverification,
            Idempotency idempotency,
            JdbcClient jdbc,
            InstantSource clock) {
        this.orders = orders;
        this.hands = hands;
        this.cases = cases;
        this.approving = approving;
        this.reverification = reverification;
        this.idempotency = idempotency;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Acceptance add(Caller officer, OrderId id, byte[] json, String idempotencyKey) {
        requireOfficer(officer);
        OfficerRecord record = parse(json);
        Optional<Recheck> asked = recheck(id, record);
        return cases.change(id, (row, work) -> add(officer, row, work, record, asked, json, idempotencyKey))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
    }

    /** Of a take-down about to be carried out. Reads the network and the hypervisor: before the transaction. */
    private Optional<Recheck> recheck(OrderId id, OfficerRecord record) {
        return orders.find(id)
                .filter(row -> record.means().isPresent() && carriedOut(row, record))
                .map(row -> reverification.verified(row).isPresent()
                        ? recheck(row, record.means().orElseThrow())
                        : new Recheck.Different("NOT_VERIFIED"));
    }

    private Recheck recheck(OrderRow row, Means means) {
        return means == Means.ISOLATE_GUEST
                ? reverification.recheckIsolation(row, clock.instant())
                : reverification.recheck(row, clock.instant());
    }

    /** What is refused leaves not even its claim: it is judged anew when it comes again. */
    private Acceptance add(
            Caller officer,
            OrderRow row,
            OrderCase work,
            OfficerRecord record,
            Optional<Recheck> asked,
            byte[] json,
            String idempotencyKey) {
        Digest payload = Digest.sha256(Intake.ascii(row.id().code()), Intake.ascii(officer.person()), json);
        if (idempotency.claim(officer, idempotencyKey, payload, row.id().code()) instanceof Claim.Earlier) {
            return new Acceptance(row.id(), row.chain().lastLeaf());
        }
        require(row, record, asked);
        work.note(OrderStatement.OFFICER_RECORD, Intake.actor(officer), clear(record), json);
        event(record).ifPresent(done -> work.take(done, Actor.GATEWAY, Map.of()));
        insert(row.id(), record, json, clock.instant());
        hand(row, record);
        return new Acceptance(row.id(), work.lastLeaf());
    }

    /** What an officer did himself he undoes himself. */
    private void hand(OrderRow row, OfficerRecord record) {
        switch (record.what()) {
            case TAKE_DOWN_DONE, RESTORE_DONE -> hands.due(row.id(), false);
            case TAKE_DOWN_FAILED ->
                hands.due(row.id(), TakeDownDecisions.handDue(Locating.order(row), tried(of(row.id()))));
            case TAKE_DOWN_NOTICE, EFFORT, MAY_INFORM -> {}
        }
    }

    /** What is so because he says that he did it. */
    private static Optional<OrderEvent> event(OfficerRecord record) {
        return switch (record.what()) {
            case TAKE_DOWN_DONE ->
                Optional.of(new OrderEvent.Isolate(record.means().orElseThrow().name()));
            case RESTORE_DONE -> Optional.of(new OrderEvent.RestoreDone());
            case TAKE_DOWN_NOTICE, TAKE_DOWN_FAILED, EFFORT, MAY_INFORM -> Optional.empty();
        };
    }

    private void require(OrderRow row, OfficerRecord record, Optional<Recheck> asked) {
        if (record.means().isEmpty()) {
            return;
        }
        if (record.what() == What.RESTORE_DONE) {
            requireRestoring(row, record.means().get());
            return;
        }
        if (!carriedOut(row, record)) {
            throw new ProblemException(Problem.CONFLICT, "only an approved take-down is carried out");
        }
        // That it failed may always be said.
        if (record.what() != What.TAKE_DOWN_FAILED) {
            requireStanding(row, asked);
        }
        Optional<String> refused =
                TakeDownDecisions.refused(record.means().get(), Locating.order(row), tried(of(row.id())));
        refused.ifPresent(why -> {
            throw new ProblemException(Problem.CONFLICT, why);
        });
    }

    /** What comes back after it was taken down is a new notice, and never a stronger means under the same order. */
    private static boolean carriedOut(OrderRow row, OfficerRecord record) {
        boolean again = row.state() instanceof OrderState.Isolated && record.what() == What.TAKE_DOWN_NOTICE;
        return row.filed().kind() == OrderKind.TAKE_DOWN
                && (again && record.means().equals(Optional.of(Means.NOTICE_TO_RESELLER))
                        || row.state() instanceof OrderState.Approved);
    }

    private static TakeDownDecisions.Tried tried(List<OfficerRecord> earlier) {
        return new TakeDownDecisions.Tried(
                earlier.stream().anyMatch(record -> record.what() == What.TAKE_DOWN_NOTICE),
                earlier.stream()
                        .anyMatch(record -> record.what() == What.TAKE_DOWN_FAILED
                                && record.means().equals(Optional.of(Means.BLOCK_ADDRESS))));
    }

    private void requireStanding(OrderRow row, Optional<Recheck> asked) {
        if (!approving.stands(row)) {
            throw new ProblemException(
                    Problem.CONFLICT, "what was approved does not stand: approvals, call-back or authority");
        }
        switch (asked.orElseGet(() -> new Recheck.Unknown("APPROVED_MEANWHILE"))) {
            case Recheck.Same _ -> {}
            case Recheck.Different(String code) ->
                throw new ProblemException(Problem.CONFLICT, "what was approved does not stand: " + code);
            case Recheck.Unknown(String code) ->
                throw new ProblemException(Problem.CONFLICT, "it cannot be told now whether it stands: " + code);
        }
    }

    /** Nothing else is undone than what was done. */
    private static void requireRestoring(OrderRow row, Means means) {
        boolean ordered = row.state() instanceof OrderState.Restoring(String done) && done.equals(means.name());
        if (!ordered) {
            throw new ProblemException(Problem.CONFLICT, "no order says that this means is to be undone");
        }
    }

    private static Map<String, String> clear(OfficerRecord record) {
        return record.means()
                .map(means -> Map.of("what", record.what().name(), "means", means.name()))
                .orElseGet(() -> Map.of("what", record.what().name()));
    }

    /** The oldest first. */
    List<OfficerRecord> of(OrderId id) {
        return jdbc
                .sql("SELECT record FROM orders_record WHERE order_id = :order ORDER BY number")
                .param("order", id.code())
                .query((row, number) -> row.getBytes("record"))
                .list()
                .stream()
                .map(OfficerRecords::parse)
                .toList();
    }

    void efforts(Caller officer, OutputStream csv) throws IOException {
        requireOfficer(officer);
        new Efforts(jdbc).write(csv);
    }

    private void insert(OrderId id, OfficerRecord record, byte[] json, Instant now) {
        jdbc.sql("""
                INSERT INTO orders_record (order_id, number, what, record, recorded_at)
                SELECT :order, count(*) + 1, :what, :record, :now FROM orders_record WHERE order_id = :order
                """)
                .param("order", id.code())
                .param("what", record.what().name())
                .param("record", json)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static void requireOfficer(Caller caller) {
        if (caller.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer records what he did");
        }
    }

    static OfficerRecord parse(byte[] json) {
        try {
            return Wire.read(json, OfficerRecord.class);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }
}
