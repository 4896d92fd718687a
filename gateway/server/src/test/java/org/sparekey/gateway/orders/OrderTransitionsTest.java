// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.bundle.CaseCourse;

/** Who may do what when: every actor, every event, every state. */
class OrderTransitionsTest {

    /** The whole law of states, written a second time; whatever is not here is illegal. */
    private static final Set<String> LEGAL = Set.of(
            "held Found located",
            "held NotFound stopped",
            "located Answer answered",
            "located NoneHeld refused",
            "located SendToReview review",
            "located Preserve preserved",
            "preserved Extend extended",
            "preserved Link linked",
            "extended Link linked",
            "linked Link linked",
            "preserved EndHold released-hold",
            "extended EndHold released-hold",
            "linked EndHold released-hold",
            "oral Confirm held",
            "oral MissConfirmation confirmation-overdue",
            "confirmation-overdue Quarantine quarantined",
            "quarantined Destroy destroyed",
            "held Ask clarification(held)",
            "located Ask clarification(located)",
            "review Ask clarification(review)",
            "clarification(held) Clarify held",
            "clarification(located) Clarify located",
            "clarification(review) Clarify review",
            "approved Isolate isolated",
            "executing(1) Isolate isolated",
            "executing(3) Isolate isolated",
            "isolated Restore restoring",
            "restoring RestoreDone restored",
            "review Approve approved",
            "review OfficerRefuses refused",
            "approved OfficerRefuses refused",
            "executing(1) OfficerRefuses refused",
            "executing(3) OfficerRefuses refused",
            "secured OfficerRefuses refused",
            "held CallBackDenied refused",
            "located CallBackDenied refused",
            "preserved CallBackDenied refused",
            "extended CallBackDenied refused",
            "linked CallBackDenied refused",
            "clarification(held) CallBackDenied refused",
            "clarification(located) CallBackDenied refused",
            "clarification(review) CallBackDenied refused",
            "review CallBackDenied refused",
            "approved CallBackDenied refused",
            "executing(1) CallBackDenied refused",
            "executing(3) CallBackDenied refused",
            "secured CallBackDenied refused",
            "approved Differs review",
            "executing(1) Differs review",
            "executing(3) Differs review",
            "approved Begin(1) executing(1)",
            "approved Begin(3) executing(3)",
            "executing(1) LoseAttempt approved",
            "executing(3) LoseAttempt failed",
            "executing(1) Secure secured",
            "executing(3) Secure secured",
            "approved TakeOver secured",
            "approved Withhold preserved",
            "executing(1) Withhold preserved",
            "executing(3) Withhold preserved",
            "secured Withhold preserved",
            "secured Release(true) released",
            "released Publish available",
            "available Acknowledge acknowledged",
            "acknowledged Close closed",
            "answered Close closed",
            "oral Withdraw withdrawn",
            "confirmation-overdue Withdraw withdrawn",
            "quarantined Withdraw withdrawn",
            "clarification(held) Withdraw withdrawn",
            "clarification(located) Withdraw withdrawn",
            "clarification(review) Withdraw withdrawn",
            "held Withdraw withdrawn",
            "held Apply applied",
            "located Withdraw withdrawn",
            "preserved Withdraw withdrawn",
            "extended Withdraw withdrawn",
            "linked Withdraw withdrawn",
            "review Withdraw withdrawn",
            "approved Withdraw withdrawn",
            "executing(1) Withdraw withdrawn",
            "executing(3) Withdraw withdrawn",
            "secured Withdraw withdrawn",
            "released Withdraw withdrawn",
            "oral Expire expired",
            "held Expire expired",
            "located Expire expired",
            "clarification(held) Expire expired",
            "clarification(located) Expire expired",
            "clarification(review) Expire expired",
            "review Expire expired",
            "approved Expire expired",
            "approved Fail failed",
            "executing(1) Fail failed",
            "executing(3) Fail failed",
            "held BeginAgain held",
            "located BeginAgain held",
            "clarification(held) BeginAgain held",
            "clarification(located) BeginAgain held",
            "clarification(review) BeginAgain held",
            "review BeginAgain held",
            "approved BeginAgain held",
            "held Keep preserved",
            "located Keep preserved",
            "clarification(held) Keep preserved",
            "clarification(located) Keep preserved",
            "clarification(review) Keep preserved",
            "review Keep preserved",
            "approved Keep preserved",
            "oral Keep preserved",
            "preserved Keep preserved",
            "extended Keep preserved",
            "linked Keep preserved",
            "executing(1) Keep preserved",
            "executing(3) Keep preserved",
            "secured Keep preserved",
            "held Abandon failed",
            "located Abandon failed",
            "clarification(held) Abandon failed",
            "clarification(located) Abandon failed",
            "clarification(review) Abandon failed",
            "review Abandon failed",
            "approved Abandon failed",
            "oral Abandon failed",
            "preserved Abandon failed",
            "extended Abandon failed",
            "linked Abandon failed",
            "executing(1) Abandon failed",
            "executing(3) Abandon failed",
            "secured Abandon failed",
            "confirmation-overdue Abandon failed",
            "quarantined Abandon failed",
            "isolated Abandon failed",
            "restoring Abandon failed",
            "answered Abandon failed",
            "released Abandon failed",
            "available Abandon failed",
            "acknowledged Abandon failed");

    /** Written a second time too; every event that is not here is the gateway's alone. */
    private static final Map<String, Set<String>> ACTS = Map.ofEntries(
            Map.entry("Ask", Set.of("OFFICER")),
            Map.entry("Approve", Set.of("OFFICER", "CO_APPROVER")),
            Map.entry("Apply", Set.of("INVESTIGATOR", "PROSECUTOR", "JUDGE", "OFFICER")),
            Map.entry("BeginAgain", Set.of("OFFICER")),
            Map.entry("Keep", Set.of("OFFICER")),
            Map.entry("Abandon", Set.of("OFFICER")),
            Map.entry("OfficerRefuses", Set.of("OFFICER", "CO_APPROVER")),
            Map.entry("CallBackDenied", Set.of("OFFICER")),
            Map.entry("Extend", Set.of("INVESTIGATOR", "PROSECUTOR")),
            Map.entry("Clarify", Set.of("INVESTIGATOR", "PROSECUTOR")),
            Map.entry("Acknowledge", Set.of("INVESTIGATOR", "PROSECUTOR")),
            Map.entry("Confirm", Set.of("INVESTIGATOR", "PROSECUTOR", "JUDGE")),
            Map.entry("Restore", Set.of("INVESTIGATOR", "PROSECUTOR", "JUDGE")),
            Map.entry("Withdraw", Set.of("INVESTIGATOR", "PROSECUTOR", "JUDGE", "OFFICER")));

    static Stream<OrderState> states() {
        return EveryOrder.STATES.stream();
    }

    @Test
    void no_state_and_no_event_is_left_out_of_these_tests() {
        assertThat(EveryOrder.classes(EveryOrder.STATES))
                .containsExactlyInAnyOrder(OrderState.class.getPermittedSubclasses());
        assertThat(EveryOrder.classes(EveryOrder.EVENTS))
                .containsExactlyInAnyOrder(OrderEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_actor_and_event_in_every_state_is_in_the_table_or_illegal(OrderState state) {
        for (String actor : EveryOrder.ACTORS) {
            for (OrderEvent event : EveryOrder.EVENTS) {
                String cell = actor + ": " + cell(state, event);
                switch (OrderTransitions.decide(actor, state, event)) {
                    case Decision.Move(OrderState to, OrderStatement _) -> {
                        assertThat(may(actor, event)).as(cell).isTrue();
                        assertThat(LEGAL).contains(cell(state, event) + " " + EveryOrder.word(to));
                    }
                    case Decision.Illegal _ ->
                        assertThat(may(actor, event) && listed(state, event))
                                .as(cell)
                                .isFalse();
                }
            }
        }
    }

    @Test
    void every_legal_transition_happens() {
        Set<String> seen = new HashSet<>();
        for (OrderState state : EveryOrder.STATES) {
            for (OrderEvent event : EveryOrder.EVENTS) {
                if (OrderTransitions.decide(state, event) instanceof Decision.Move(OrderState to, OrderStatement _)) {
                    seen.add(cell(state, event) + " " + EveryOrder.word(to));
                }
            }
        }
        assertThat(new TreeSet<>(seen)).isEqualTo(new TreeSet<>(LEGAL));
    }

    @Test
    void the_offline_verifier_knows_the_same_transitions() {
        Map<String, Set<String>> says = new TreeMap<>();
        Set<String> all = new TreeSet<>();
        for (OrderState state : EveryOrder.STATES) {
            Set<String> here = says.computeIfAbsent(state.word(), _ -> new TreeSet<>());
            for (OrderEvent event : EveryOrder.EVENTS) {
                if (OrderTransitions.decide(state, event) instanceof Decision.Move(OrderState _, OrderStatement word)) {
                    here.add(word.type());
                    all.add(word.type());
                }
            }
        }
        says.forEach((state, here) -> assertThat(all)
                .as(state)
                .filteredOn(type -> CaseCourse.follows(state, type))
                .containsExactlyInAnyOrderElementsOf(here));
    }

    @ParameterizedTest
    @MethodSource("states")
    void nothing_follows_a_terminal_state(OrderState state) {
        boolean ends = EveryOrder.EVENTS.stream()
                .allMatch(event -> OrderTransitions.decide(state, event) instanceof Decision.Illegal);

        assertThat(state.terminal()).isEqualTo(ends);
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_state_reads_back_from_its_columns(OrderState state) {
        assertThat(StateText.state(state.word(), StateText.detail(state))).isEqualTo(state);
    }

    @Test
    void every_transition_is_said_in_the_log_by_the_word_of_its_state_or_of_what_happened() {
        List<String> happened = List.of(
                "order.attempt-lost",
                "order.confirmed",
                "order.clarified",
                "order.clarification",
                "order.begun-again",
                "order.kept",
                "order.abandoned");
        for (OrderState state : EveryOrder.STATES) {
            for (OrderEvent event : EveryOrder.EVENTS) {
                if (OrderTransitions.decide(state, event)
                        instanceof Decision.Move(OrderState to, OrderStatement says)) {
                    assertThat(happened.contains(says.type()) || says.type().equals("order." + to.word()))
                            .as(cell(state, event) + " " + says)
                            .isTrue();
                }
            }
        }
    }

    private static boolean may(String actor, OrderEvent event) {
        return ACTS.getOrDefault(event.getClass().getSimpleName(), Set.of("GATEWAY"))
                .contains(actor);
    }

    private static boolean listed(OrderState state, OrderEvent event) {
        return LEGAL.stream().anyMatch(line -> line.startsWith(cell(state, event) + " "));
    }

    private static String cell(OrderState state, OrderEvent event) {
        return EveryOrder.word(state) + " " + EveryOrder.word(event);
    }
}
