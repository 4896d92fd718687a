// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Claim;
import org.sparekey.gateway.parties.Idempotency;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.term.Terms;
import org.sparekey.protocol.term.Terms.Term;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An officer asks the issuer; the order's clock stands still until he answers, for five days at most. */
final class Questions {

    private final OrderCases cases;
    private final Clocks clocks;
    private final Holding holding;
    private final Idempotency idempotency;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Questions(
            OrderCases cases,
            Clocks clocks,
            Holding holding,
            Idempotency idempotency,
            JdbcClient jdbc,
            InstantSource clock) {
        this.cases = cases;
        this.clocks = clocks;
        this.holding = holding;
        this.idempotency = idempotency;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param version of the order as the officer read it (If-Match) */
    Acceptance ask(Caller officer, OrderId id, byte[] json, long version, String idempotencyKey) {
        if (officer.role() != Role.OFFICER) {
            throw new ProblemException(Problem.FORBIDDEN, "only an officer asks");
        }
        parse(json);
        Transition taken = cases.change(id, (row, work) -> ask(officer, row, work, json, version, idempotencyKey))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no such order"));
        return switch (taken) {
            case Transition.Done(OrderState _, Digest entry) -> new Acceptance(id, entry);
            case Transition.Illegal _, Transition.LeaseLost _ ->
                throw new ProblemException(Problem.CONFLICT, "nothing can be asked about the order as it stands");
        };
    }

    private Transition ask(
            Caller officer, OrderRow row, OrderCase work, byte[] json, long version, String idempotencyKey) {
        Digest payload = Digest.sha256(Intake.ascii(row.id().code()), Intake.ascii(officer.person()), json);
        if (idempotency.claim(officer, idempotencyKey, payload, row.id().code()) instanceof Claim.Earlier) {
            return new Transition.Done(row.state(), row.chain().lastLeaf());
        }
        if (row.standing().version() != version) {
            throw new ProblemException(Problem.PRECONDITION_FAILED, "the order has changed since it was read");
        }
        if (row.filed().kind() == OrderKind.WITHDRAWAL) {
            throw new ProblemException(Problem.CONFLICT, "about a withdrawal somebody is called; nothing is asked");
        }
        Transition taken = work.take(new OrderEvent.Ask(), Intake.actor(officer), Map.of(), Optional.of(json));
        if (taken instanceof Transition.Done) {
            Instant now = clock.instant();
            Term answer = Terms.statutoryDays(now, OrderClock.CLARIFICATION_DAYS);
            clocks.stopFor(row.id(), List.of(answer));
            Duration pause = Duration.between(now, answer.legalLatest());
            row.standing().holdUntil().ifPresent(until -> holding.outlive(row.id(), until, pause));
            insert(row.id(), json, now);
        }
        return taken;
    }

    /** Everything that was asked about this order, the oldest first. */
    List<ClarificationQuestion> of(OrderId id) {
        return jdbc
                .sql("SELECT question FROM orders_question WHERE order_id = :order ORDER BY number")
                .param("order", id.code())
                .query((row, number) -> row.getBytes("question"))
                .list()
                .stream()
                .map(Questions::parse)
                .toList();
    }

    private void insert(OrderId id, byte[] json, Instant now) {
        jdbc.sql("""
                INSERT INTO orders_question (order_id, number, question, asked_at)
                SELECT :order, count(*) + 1, :question, :now FROM orders_question WHERE order_id = :order
                """)
                .param("order", id.code())
                .param("question", json)
                .param("now", Timestamp.from(now))
                .update();
    }

    private static ClarificationQuestion parse(byte[] json) {
        try {
            return Wire.read(json, ClarificationQuestion.class);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }
}
