// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.callback.CallBackFault;
import org.sparekey.protocol.callback.CallBackOutcome;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ClarificationQuestion;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Cast;

/** Who gave his word by letter and telephone takes it back the same way; until he was called the order rests. */
class PaperWithdrawalTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final PaperDesk paper = new PaperDesk(fixture);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_judge_whose_word_came_by_telephone_takes_it_back_on_paper_once_his_office_was_called() {
        OrderId id = approved();
        OrderStatus entered = paper.enter(1, byJudge(id));
        assertThat(entered.state()).isEqualTo("held");
        assertThat(fixture.orders.status(id).state()).isEqualTo("approved");

        OrderStatus called = paper.confirm(2, OrdersFixture.id(entered), CallBackSubject.ISSUER);

        assertThat(called.state()).isEqualTo("applied");
        assertThat(fixture.orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(fixture.entries(id)).endsWith("order.withdrawn", "hold.released");
        assertThat(fixture.entries(OrdersFixture.id(entered)))
                .containsSubsequence("order.submitted", "order.held", "order.called-back", "order.applied");
    }

    @Test
    void an_issuer_without_a_key_takes_his_paper_order_back_on_paper_too() {
        OrderId id = inReview();
        Issuer issuer = Locating.order(new OrderTable(fixture.jdbc).find(id).orElseThrow())
                .issuer();
        OrderStatus entered = paper.enter(1, withdrawal(id, issuer));
        paper.confirm(2, OrdersFixture.id(entered), CallBackSubject.ISSUER);
        assertThat(fixture.orders.status(id).state()).isEqualTo("withdrawn");
    }

    @Test
    void until_his_office_was_called_nothing_is_approved_claimed_or_let_go() {
        OrderId approved = approved();
        OrderId waiting = inReview();
        OrderId running = approved();
        ApprovedOrder leased = fixture.orders.claim(running).orElseThrow();
        paper.enter(1, byJudge(approved));
        paper.enter(1, byJudge(waiting));
        paper.enter(1, byJudge(running));

        assertThat(fixture.orders.claim()).isEmpty();
        assertThat(fixture.orders.claim(approved)).isEmpty();
        assertThat(fixture.orders.started(leased, new byte[] {1})).isInstanceOf(Transition.LeaseLost.class);
        conflict(() -> fixture.desks.approve(1, waiting, Decision.RELEASE));
        fixture.orders.step();
        assertThat(fixture.orders.status(approved).state()).isEqualTo("approved");
        assertThat(fixture.desks.approve(1, waiting, Decision.REFUSE).state()).isEqualTo("refused");
    }

    @Test
    void no_question_about_a_withdrawal_lets_the_order_go_on_meanwhile() {
        OrderId id = approved();
        OrderStatus entered = paper.enter(1, byJudge(id));
        ClarificationQuestion question = new ClarificationQuestion(
                1, ClarificationQuestion.TYPE, ClarificationQuestion.Subject.TARGET, "Which order?");

        conflict(() -> fixture.orders.ask(
                fixture.officer(1),
                OrdersFixture.id(entered),
                Wire.write(question),
                entered.version(),
                OrdersFixture.key()));

        assertThat(fixture.orders.claim(id)).isEmpty();
        fixture.jdbc
                .sql("UPDATE orders_order SET state = 'clarification', state_detail = 'held' WHERE order_id = :id")
                .param("id", OrdersFixture.id(entered).code())
                .update();
        assertThat(fixture.orders.claim(id))
                .as("of a database that has such a question")
                .isEmpty();
    }

    @Test
    void a_withdrawal_that_the_court_denies_is_refused_and_the_order_goes_on() {
        OrderId id = approved();
        OrderId withdrawal = OrdersFixture.id(paper.enter(1, byJudge(id)));
        assertThat(fixture.orders.claim(id)).isEmpty();

        assertThat(paper.deny(2, withdrawal).reason()).contains("CALL_BACK_DENIED");

        assertThat(fixture.orders.claim(id)).isPresent();
    }

    @Test
    void a_withdrawal_that_nobody_called_about_stops_an_order_for_two_days_and_no_longer() {
        OrderId id = inReview();
        OrderId withdrawal = OrdersFixture.id(paper.enter(1, byJudge(id)));
        fixture.pass(Duration.ofHours(48).minusSeconds(1));
        fixture.orders.step();
        conflict(() -> fixture.desks.approve(1, id, Decision.RELEASE));
        fixture.pass(Duration.ofSeconds(1));
        fixture.orders.step();
        assertThat(fixture.orders.status(withdrawal).state()).isEqualTo("expired");
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
    }

    @Test
    void an_officer_who_types_withdrawal_after_withdrawal_stops_an_order_once() {
        OrderId id = inReview();
        paper.enter(1, byJudge(id));
        assertThat(paper.enter(2, byJudge(id)).reason()).contains("WITHDRAWN_ON_PAPER_BEFORE");
        fixture.pass(Duration.ofHours(48));
        fixture.orders.step();

        OrderStatus again = paper.enter(1, byJudge(id));

        assertThat(again.state()).isEqualTo("refused");
        assertThat(again.reason()).contains("WITHDRAWN_ON_PAPER_BEFORE");
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
    }

    @Test
    void a_death_at_any_entry_of_the_taking_back_leaves_all_of_it_or_nothing() {
        OrderId id = approved();
        OrderId withdrawal = OrdersFixture.id(paper.enter(1, byJudge(id)));
        CallBackDesk calls = new CallBackDesk(fixture);
        String code = fixture.orders
                .callBackCode(fixture.officer(1), withdrawal, CallBackSubject.ISSUER)
                .code();
        String record = calls.record(
                        2, withdrawal, calls.issuer(withdrawal), CallBackOutcome.CONFIRMED, Optional.of(code))
                .compact();
        String key = OrdersFixture.key();
        int deaths = 0;
        while (!said(record, withdrawal, key, deaths)) {
            boolean whole = fixture.orders.status(withdrawal).state().equals("applied");
            assertThat(fixture.orders.status(id).state()).isEqualTo(whole ? "withdrawn" : "approved");
            deaths++;
        }

        assertThat(deaths).as("died at each entry of both cases").isGreaterThan(3);
        assertThat(fixture.orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(fixture.entries(id)).containsOnlyOnce("order.withdrawn", "hold.released");
        assertThat(fixture.entries(withdrawal)).containsOnlyOnce("order.called-back", "order.applied");
    }

    private boolean said(String record, OrderId withdrawal, String key, int place) {
        try {
            fixture.open(new OrdersSettings(OrdersSettings.CallBack.OFF), Death.Walk.to(place)::reached)
                    .calledBack(fixture.officer(2), withdrawal, record, key);
            return true;
        } catch (Death _) {
            return false;
        }
    }

    @Test
    void whoever_typed_the_withdrawal_in_does_not_call() {
        OrderId id = inReview();
        OrderId withdrawal = OrdersFixture.id(paper.enter(1, byJudge(id)));
        assertThatThrownBy(() -> paper.confirm(1, withdrawal, CallBackSubject.ISSUER))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.detail()).startsWith(CallBackFault.OWN_ENTRY.code()));
        assertThat(fixture.orders.status(id).state()).isEqualTo("review");
    }

    @Test
    void nobody_of_another_party_or_office_is_entered_as_the_judge_who_takes_it_back() {
        OrderId id = inReview();
        Issuer stranger = new Issuer(fixture.stranger().party().value(), "r-1", "JUDGE", "NL");
        assertThat(paper.enter(1, withdrawal(id, stranger)).reason()).contains("PARENT_UNKNOWN");
        Issuer clerk = new Issuer(Cast.COURT, "g-1", "PROSECUTOR", "NL");
        assertThat(paper.enter(1, withdrawal(id, clerk)).reason()).contains("NOT_YOURS_TO_WITHDRAW");
        assertThat(fixture.orders.claim()).isEmpty();
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state())
                .as("nothing rests")
                .isEqualTo("approved");
    }

    @Test
    void an_extension_or_a_confirmation_is_entered_by_no_officer() {
        OrderId id = inReview();
        for (OrderKind kind : new OrderKind[] {OrderKind.EXTENSION, OrderKind.ORAL_CONFIRMATION}) {
            OrderDocument order =
                    new Altered(withdrawal(id, judge())).kind(kind).document();
            assertThat(paper.enter(1, order).reason()).contains("NOT_ON_PAPER");
        }
    }

    @Test
    void a_judge_with_a_key_takes_back_by_it_what_his_office_authorised_by_telephone() {
        OrderId id = approved();
        OrderStatus withdrawal = fixture.submit(
                OrdersFixture.caller(fixture.world.cast().judge(), Role.JUDGE),
                fixture.desk.unvalidated(byJudge(id), fixture.world.cast().judge()));
        assertThat(withdrawal.state()).isEqualTo("applied");
        assertThat(fixture.orders.status(id).state()).isEqualTo("withdrawn");
    }

    /** On paper, called back about twice, and rested. */
    private OrderId inReview() {
        OrderId id = OrdersFixture.id(paper.enter(1, fixture.desk.content(fixture.machine(), OrdersFixture.SEEN)));
        paper.confirm(2, id, CallBackSubject.ISSUER);
        assertThat(paper.confirm(2, id, CallBackSubject.VALIDATOR).state()).isEqualTo("review");
        fixture.pass(CallBackDecisions.COOLING_OFF);
        return id;
    }

    private OrderId approved() {
        OrderId id = inReview();
        fixture.desks.approve(1, id, Decision.RELEASE);
        assertThat(fixture.desks.approve(2, id, Decision.RELEASE).state()).isEqualTo("approved");
        return id;
    }

    private Issuer judge() {
        return new Issuer(Cast.COURT, fixture.world.cast().judge().person(), "JUDGE", "NL");
    }

    private OrderDocument byJudge(OrderId id) {
        return withdrawal(id, judge());
    }

    private OrderDocument withdrawal(OrderId id, Issuer issuer) {
        UUID parent = fixture.orders.status(id).id();
        return new Altered(fixture.desk.content("192.0.2.1", OrdersFixture.SEEN))
                .kind(OrderKind.WITHDRAWAL)
                .issuer(issuer)
                .validator(Optional.empty())
                .parent(parent)
                .document();
    }

    private static void conflict(ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
    }
}
