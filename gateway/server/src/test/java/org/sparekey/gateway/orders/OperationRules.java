// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.protocol.problem.Problem;

/**
 * The code's own table of what every operation answers to whom: beside the contract's scopes, which room lets whom, and in
 * which state of an order. What an operation lets happen is asked of {@link OrderTransitions}, not written again.
 */
final class OperationRules {

    private static final Set<String> AUTHORITY = Set.of("investigator", "prosecutor");
    private static final Set<String> READERS = Set.of("investigator", "prosecutor", "officer");
    private static final Set<String> OFFICER = Set.of("officer");
    private static final Set<String> WATCHERS = Set.of("officer", "supervisor");
    private static final Set<String> SENDERS = Set.of("investigator", "prosecutor", "stranger", "officer");
    private static final Set<String> SUBMITTERS = Set.of("investigator", "prosecutor", "stranger", "officer", "judge");
    private static final Set<String> RESELLER = Set.of("reseller");
    private static final Set<String> OF_THE_LOG =
            Set.of("investigator", "prosecutor", "stranger", "judge", "officer", "supervisor");
    private static final Set<String> PANEL = Set.of("operator");
    private static final Set<String> TERMINATES = Set.of("reseller", "operator");
    private static final Set<String> ALL = Set.of(
            "investigator",
            "prosecutor",
            "stranger",
            "judge",
            "officer",
            "co-approver",
            "supervisor",
            "reseller",
            "operator");
    private static final Set<String> DELIVERED = Set.of("available", "acknowledged", "closed");

    private OperationRules() {}

    /** What is answered. */
    sealed interface Answer {
        boolean is(Reply reply);
    }

    /** Granted, or, where something changes, granted with or without its place in the log. */
    record Granted() implements Answer {
        @Override
        public boolean is(Reply reply) {
            return reply.status() >= 200 && reply.status() < 300;
        }
    }

    /** Refused by one of these codes. */
    record Coded(Set<Problem> problems) implements Answer {
        @Override
        public boolean is(Reply reply) {
            return reply.status() >= 400
                    && (reply.body().length == 0
                            ? problems.stream().anyMatch(problem -> problem.status() == reply.status())
                            : problems.contains(reply.problem()));
        }
    }

    /** @param otherwise what everybody else is answered whose scopes let him as far as the room */
    record Rule(Set<String> may, Function<OrderState, Answer> answer, Answer otherwise) {
        Answer to(String who, OrderState state) {
            return may.contains(who) ? answer.apply(state) : otherwise;
        }
    }

    static final Answer GRANTED = new Granted();
    static final Answer FORBIDDEN = coded(Problem.FORBIDDEN);
    private static final Answer NOT_THERE = coded(Problem.NOT_FOUND);

    /** Of one order. */
    static final Map<String, Rule> OF_AN_ORDER = new TreeMap<>(Map.ofEntries(
            order("GET /v1/orders/{orderId}", READERS, _ -> GRANTED),
            order("GET /v1/orders/{orderId}/order", READERS, _ -> GRANTED),
            order("GET /v1/orders/{orderId}/answer", READERS, _ -> NOT_THERE),
            order("GET /v1/orders/{orderId}/clarifications", READERS, _ -> GRANTED),
            order("GET /v1/orders/{orderId}/bundle", READERS, _ -> GRANTED),
            order(
                    "GET /v1/orders/{orderId}/feasibility",
                    READERS,
                    state -> state instanceof OrderState.Oral ? coded(Problem.CONFLICT) : GRANTED),
            order("GET /v1/orders/{orderId}/approval-basis", OFFICER, _ -> GRANTED),
            order("POST /v1/orders/{orderId}/approvals", OFFICER, OperationRules::decided),
            order("POST /v1/orders/{orderId}/refusals", OFFICER, OperationRules::decided),
            order(
                    "POST /v1/orders/{orderId}/clarifications",
                    OFFICER,
                    state -> moves(state, new OrderEvent.Ask()) ? GRANTED : coded(Problem.CONFLICT)),
            order("POST /v1/orders/{orderId}/officer-records", OFFICER, _ -> GRANTED),
            order("GET /v1/orders/{orderId}/call-back-sheet", OFFICER, _ -> GRANTED),
            // No call-back is due here: it has a matrix of its own, and none of it lets anything go.
            Map.entry(
                    "POST /v1/orders/{orderId}/call-back-codes",
                    new Rule(
                            AUTHORITY,
                            _ -> coded(Problem.CALL_BACK_REFUSED),
                            coded(Problem.NOT_FOUND, Problem.FORBIDDEN))),
            order("POST /v1/orders/{orderId}/call-backs", OFFICER, _ -> coded(Problem.CALL_BACK_REFUSED)),
            order("GET /v1/orders/{orderId}/evidence", AUTHORITY, OperationRules::fetched),
            order("GET /v1/orders/{orderId}/evidence/{name}", AUTHORITY, OperationRules::fetched),
            order("HEAD /v1/orders/{orderId}/evidence/{name}", AUTHORITY, OperationRules::fetched),
            order("POST /v1/orders/{orderId}/acknowledgement", AUTHORITY, OperationRules::acknowledged)));

    /** Of everything else: asked with values that nothing has, or that are no document. */
    static final Map<String, Rule> OF_NO_ORDER = new TreeMap<>(Map.ofEntries(
            other("GET /v1/orders", SENDERS, GRANTED),
            other("POST /v1/orders", SUBMITTERS, coded(Problem.ORDER_MALFORMED, Problem.MALFORMED_REQUEST)),
            other("GET /v1/efforts", OFFICER, GRANTED),
            other("POST /v1/delegations", OFFICER, coded(Problem.MALFORMED_REQUEST)),
            other("GET /v1/delegations", Set.of("officer", "supervisor", "co-approver"), GRANTED),
            other("POST /v1/delegations/{delegation}/revocations", WATCHERS, NOT_THERE),
            other("POST /v1/registrations", RESELLER, coded(Problem.BATCH_MALFORMED)),
            other("GET /v1/registrations/{batchId}/receipt", RESELLER, NOT_THERE),
            other("GET /v1/registration-head", RESELLER, GRANTED),
            other("GET /v1/registry-view", RESELLER, GRANTED),
            other("GET /v1/registry-dump", RESELLER, GRANTED),
            other("GET /v1/reconciliation", RESELLER, GRANTED),
            other("POST /v1/deletions", TERMINATES, coded(Problem.MALFORMED_REQUEST)),
            other("GET /v1/deletions", TERMINATES, GRANTED),
            other(
                    "POST /v1/deletions/{deletionId}/permits",
                    PANEL,
                    coded(Problem.NOT_FOUND, Problem.MALFORMED_REQUEST)),
            other("POST /v1/deletions/{deletionId}/reports", PANEL, coded(Problem.MALFORMED_REQUEST)),
            other("GET /v1/bulk-deletions", OFFICER, GRANTED),
            other("POST /v1/bulk-deletions", OFFICER, coded(Problem.MALFORMED_REQUEST)),
            other("GET /v1/log/{log}/{year}/{file}", OF_THE_LOG, GRANTED),
            other("GET /v1/log/{log}/proof/{leafHash}", OF_THE_LOG, NOT_THERE),
            other("GET /v1/log/{log}/standing", OFFICER, GRANTED),
            other("POST /v1/log/{log}/resumptions", OFFICER, coded(Problem.MALFORMED_REQUEST)),
            other("POST /v1/log/{log}/closures", OFFICER, coded(Problem.MALFORMED_REQUEST)),
            other("POST /v1/out-of-band-executions", OFFICER, coded(Problem.MALFORMED_REQUEST)),
            // Its form is judged before the right; what is sent here has none.
            Map.entry(
                    "POST /v1/enrolments",
                    new Rule(ALL, _ -> coded(Problem.MALFORMED_REQUEST), coded(Problem.MALFORMED_REQUEST))),
            other("GET /v1/enrolments", WATCHERS, GRANTED),
            other("GET /v1/enrolments/{enrolment}", WATCHERS, NOT_THERE),
            other(
                    "POST /v1/enrolments/{enrolment}/decisions",
                    OFFICER,
                    coded(Problem.NOT_FOUND, Problem.MALFORMED_REQUEST)),
            other("POST /v1/enrolments/{enrolment}/stops", WATCHERS, NOT_THERE),
            other("POST /v1/key-rotations", ALL, coded(Problem.MALFORMED_REQUEST)),
            other("POST /v1/keys/{keyId}/revocations", WATCHERS, NOT_THERE),
            other("POST /v1/authority-lists", OFFICER, coded(Problem.MALFORMED_REQUEST)),
            other("POST /v1/authority-lists/{list}/stops", WATCHERS, NOT_THERE),
            other("GET /v1/frozen-orders", WATCHERS, GRANTED),
            other("POST /v1/frozen-orders/{order}/thaws", OFFICER, NOT_THERE),
            other("GET /v1/authorities/{authority}/report", WATCHERS, NOT_THERE),
            other("POST /v1/authorities/{authority}/suspensions", WATCHERS, NOT_THERE),
            other(
                    "POST /v1/authorities/{authority}/resumptions",
                    WATCHERS,
                    coded(Problem.NOT_FOUND, Problem.MALFORMED_REQUEST))));

    /** Officers sign in review, and until the sealed copy is let go. */
    private static Answer decided(OrderState state) {
        boolean taken = moves(state, new OrderEvent.OfficerRefuses());
        return taken ? GRANTED : coded(Problem.CONFLICT);
    }

    private static Answer fetched(OrderState state) {
        return DELIVERED.contains(state.word()) ? GRANTED : coded(Problem.EVIDENCE_WITHHELD);
    }

    private static Answer acknowledged(OrderState state) {
        if (moves(state, new OrderEvent.Acknowledge())) {
            return GRANTED;
        }
        return coded(DELIVERED.contains(state.word()) ? Problem.CONFLICT : Problem.EVIDENCE_WITHHELD);
    }

    private static boolean moves(OrderState state, OrderEvent event) {
        return OrderTransitions.decide(state, event) instanceof Decision.Move;
    }

    private static Map.Entry<String, Rule> order(
            String operation, Set<String> may, Function<OrderState, Answer> answer) {
        return Map.entry(operation, new Rule(may, answer, NOT_THERE));
    }

    private static Map.Entry<String, Rule> other(String operation, Set<String> may, Answer answer) {
        return Map.entry(operation, new Rule(may, _ -> answer, FORBIDDEN));
    }

    private static Answer coded(Problem... problems) {
        return new Coded(Set.of(problems));
    }

    /** Whether the scopes of his key let him as far as the room. */
    static boolean lets(Set<String> his, Set<String> wanted) {
        return wanted.isEmpty() || wanted.stream().anyMatch(his::contains);
    }
}
