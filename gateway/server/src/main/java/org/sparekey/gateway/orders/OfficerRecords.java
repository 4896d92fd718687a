// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OfficerRecord.What;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes down what officers do by hand. The gateway commands no reseller, no router and no hypervisor for them. */
final class OfficerRecords {

    /** Lines of one claim; an older year is claimed apart. */
    static final int MOST_EFFORTS = 10_000;

    private static final String HEAD = "order,recordedAt,minutes,gigabytes,costReference\r\n";

    private final OrderCases cases;
    private final Approving approving;
    private final Idempotency idempotency;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    OfficerRecords(
            OrderCases cases, Approving approving, Idempotency idempotency, JdbcClient jdbc, InstantSource clock) {
        this.cases = cases;
        this.approving = approving;
        this.idempotency = idempotency;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Acceptance add(Caller officer, OrderId id, byte[] json, String idempotencyKey) {
        requireOfficer(officer);
        OfficerRecord record = parse(json);
        return cases.change(id, (row, work) -> add(officer, row, work, record, json, idempotencyKey))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
    }

    /** What is refused leaves not even its claim: it is judged anew when it comes again. */
    private Acceptance add(
            Caller officer, OrderRow row, OrderCase work, OfficerRecord record, byte[] json, String idempotencyKey) {
        Digest payload = Digest.sha256(Intake.ascii(row.id().code()), Intake.ascii(officer.person()), json);
        if (idempotency.claim(officer, idempotencyKey, payload, row.id().code()) instanceof Claim.Earlier) {
            return new Acceptance(row.id(), row.chain().lastLeaf());
        }
        require(row, record);
        if (record.what() == What.TAKE_DOWN_DONE) {
            work.note(OrderStatement.OFFICER_RECORD, Intake.actor(officer), clear(record), json);
            OrderEvent done =
                    new OrderEvent.Isolate(record.means().orElseThrow().name());
            work.take(done, Actor.GATEWAY, Map.of());
        } else {
            work.note(OrderStatement.OFFICER_RECORD, Intake.actor(officer), clear(record), json);
        }
        insert(row.id(), record, json, clock.instant());
        return new Acceptance(row.id(), work.lastLeaf());
    }

    private void require(OrderRow row, OfficerRecord record) {
        if (record.means().isEmpty()) {
            return;
        }
        if (row.filed().kind() != OrderKind.TAKE_DOWN || !(row.state() instanceof OrderState.Approved)) {
            throw new ProblemException(Problem.CONFLICT, "only an approved take-down is carried out");
        }
        if (record.what() == What.TAKE_DOWN_DONE && !approving.stands(row)) {
            throw new ProblemException(
                    Problem.CONFLICT, "what was approved does not stand: approvals, call-back or authority");
        }
        boolean noticed = of(row.id()).stream().anyMatch(earlier -> earlier.what() == What.TAKE_DOWN_NOTICE);
        Optional<String> refused = TakeDownDecisions.refused(
                record.means().get(), Locating.order(row).secrecy(), noticed);
        refused.ifPresent(why -> {
            throw new ProblemException(Problem.CONFLICT, why);
        });
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

    /** CSV for the claim, RFC 4180; newest first. */
    byte[] efforts(Caller officer) {
        requireOfficer(officer);
        String lines = jdbc
                .sql("""
                        SELECT order_id, recorded_at, record FROM orders_record WHERE what = 'EFFORT'
                        ORDER BY recorded_at DESC, order_id, number LIMIT :most
                        """)
                .param("most", MOST_EFFORTS)
                .query((row, number) -> line(
                        row.getString("order_id"),
                        row.getTimestamp("recorded_at").toInstant(),
                        parse(row.getBytes("record"))))
                .list()
                .stream()
                .collect(Collectors.joining());
        return (HEAD + lines).getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String order, Instant at, OfficerRecord record) {
        return order + "," + at + "," + record.minutes().orElse(0) + ","
                + record.gigabytes().orElse(0) + "," + record.costReference().orElse("") + "\r\n";
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

    private static OfficerRecord parse(byte[] json) {
        try {
            return Wire.read(json, OfficerRecord.class);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }
}
