// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.orders.OrdersSettings.CallBack;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;

/** A backup came back: the rows have forgotten what the log says. Nothing is done twice, and nothing without two officers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThawTest {

    private static final byte[] SOMETHING = {1};

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void a_row_behind_its_log_is_frozen_entered_and_shown_with_what_each_of_them_has() {
        OrderId id = fixture.inReview();
        OrderId level = fixture.inReview();
        Backup backup = backup(id);
        approve(id);
        restore(backup);

        assertThat(fixture.entries(id)).endsWith("order.frozen");
        assertThat(fixture.entries(level)).doesNotContain("order.frozen");
        assertThat(shown(id)).satisfies(frozen -> {
            assertThat(frozen.why()).isEqualTo("BEHIND_LOG");
            assertThat(frozen.row().state()).isEqualTo("review");
            assertThat(frozen.log().orElseThrow().state()).isEqualTo("approved");
            assertThat(frozen.beyond())
                    .extracting(FrozenOrders.Beyond::type)
                    .containsExactly("order.approval", "order.approval", "order.approved");
            assertThat(frozen.beyond()).allMatch(FrozenOrders.Beyond::payload);
            assertThat(frozen.outcome()).contains(ThawOutcome.BEGIN_AGAIN);
        });
        assertThat(orders.claim(id)).isEmpty();
        refused(Problem.CONFLICT, () -> approve(id));
    }

    @Test
    void what_was_only_approved_is_held_again_and_approved_anew_before_anything_is_read() {
        OrderId id = fixture.inReview();
        Backup backup = backup(id);
        approve(id);
        restore(backup);

        thaw(id, ThawOutcome.BEGIN_AGAIN);

        assertThat(fixture.entries(id)).endsWith("order.frozen", "order.begun-again");
        assertThat(orders.status(id).state()).isEqualTo("held");
        assertThat(orders.claim(id)).isEmpty();
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("review");
        assertThat(orders.claim(id)).as("the approvals of before count no more").isEmpty();
        approve(id);
        assertThat(orders.claim(id)).isPresent();
        assertThat(orders.frozen(fixture.officer(1)).orders())
                .noneMatch(each -> each.order().equals(id.code()));
    }

    @Test
    void what_may_have_been_read_is_never_read_a_second_time() {
        OrderId id = fixture.approved();
        Backup backup = backup(id);
        ApprovedOrder order = orders.claim(id).orElseThrow();
        orders.started(order, SOMETHING);
        orders.attemptLost(order, SOMETHING);
        restore(backup);

        assertThat(shown(id).log().orElseThrow().state()).isEqualTo("approved");
        thaw(id, ThawOutcome.ABANDON);

        assertThat(orders.status(id).state()).isEqualTo("failed");
        assertThat(orders.status(id).reason()).contains("RESTORED_BEHIND_LOG");
        assertThat(fixture.entries(id)).endsWith("order.frozen", "order.abandoned", "hold.released");
        assertThat(orders.claim(id)).isEmpty();
        assertThat(orders.status(id).holdUntil()).isEmpty();
    }

    @Test
    void what_was_given_is_never_given_a_second_time() {
        OrderId id = fixture.approved();
        ApprovedOrder order = orders.claim(id).orElseThrow();
        orders.started(order, SOMETHING);
        orders.secured(order, Digest.sha256(SOMETHING), SOMETHING);
        Backup backup = backup(id);
        orders.released(order);
        orders.available(order);
        restore(backup);

        thaw(id, ThawOutcome.ABANDON);

        assertThat(orders.status(id).state()).isEqualTo("failed");
        assertThat(orders.released(order)).isInstanceOf(Transition.Illegal.class);
        assertThat(fixture.entries(id).stream().filter("order.released"::equals))
                .hasSize(1);
    }

    @Test
    void what_its_log_has_ended_is_ended_and_its_hold_with_it() {
        OrderId id = fixture.inReview();
        Backup backup = backup(id);
        fixture.desks.approve(1, id, Decision.REFUSE);
        assertThat(orders.status(id).state()).isEqualTo("refused");
        restore(backup);

        thaw(id, ThawOutcome.AS_LOGGED);

        assertThat(orders.status(id).state()).isEqualTo("refused");
        assertThat(orders.status(id).holdUntil()).isEmpty();
        assertThat(fixture.entries(id)).endsWith("order.frozen", "order.thawed", "hold.released");
    }

    @Test
    void an_order_that_forgot_only_who_read_it_goes_on_where_it_stands() {
        OrderId id = fixture.approved();
        Backup backup = backup(id);
        orders.looked(fixture.investigator(), id, "documents");
        restore(backup);
        assertThat(orders.claim(id)).isEmpty();

        thaw(id, ThawOutcome.AS_LOGGED);

        assertThat(orders.claim(id)).isPresent();
    }

    @Test
    void what_a_freezing_froze_stays_frozen_for_the_law() {
        OrderDocument freeze = new Altered(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
        OrderId id = prosecutor(freeze);
        Backup backup = backup(id);
        prosecutor(new Altered(fixture.desk.content(freeze.target().value(), OrdersFixture.SEEN))
                .kind(OrderKind.EXTENSION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .scope(freeze.scope())
                .parent(freeze.id())
                .document());
        assertThat(orders.status(id).state()).isEqualTo("extended");
        restore(backup);

        thaw(id, ThawOutcome.KEEP);

        assertThat(orders.status(id).state()).isEqualTo("preserved");
        assertThat(orders.status(id).holdUntil()).isPresent();
        assertThat(orders.claim(id)).isEmpty();
    }

    @Test
    void a_row_that_rests_on_entries_its_log_does_not_have_ends() {
        OrderId id = fixture.approved();
        fixture.entries(id);
        fixture.jdbc
                .sql("UPDATE orders_order SET last_leaf = :leaf WHERE order_id = :id")
                .param("leaf", Digest.sha256(SOMETHING).array())
                .param("id", id.code())
                .update();
        orders.level();
        fixture.entries(id);

        assertThat(shown(id).why()).isEqualTo("NOT_OF_ITS_LOG");
        thaw(id, ThawOutcome.ABANDON);
        assertThat(orders.status(id).state()).isEqualTo("failed");
    }

    @Test
    void one_officer_twice_thaws_nothing() {
        OrderId id = frozen();
        Actor one = officers().get(0);
        int entered = refusedThaws().size();

        refused(Problem.DOCUMENT_REFUSED, () -> send(id, word(shown(id), ThawOutcome.BEGIN_AGAIN, one)));
        refused(Problem.DOCUMENT_REFUSED, () -> send(id, word(shown(id), ThawOutcome.BEGIN_AGAIN, one, one)));
        refused(
                Problem.DOCUMENT_REFUSED,
                () -> send(
                        id,
                        word(
                                shown(id),
                                ThawOutcome.BEGIN_AGAIN,
                                one,
                                fixture.world.cast().supervisor())));
        stillFrozen(id);
        assertThat(refusedThaws()).as("each is entered").hasSize(entered + 3);
    }

    @Test
    void only_officers_thaw_and_only_they_and_the_supervisor_see() {
        OrderId id = frozen();
        byte[] word = word(shown(id), ThawOutcome.BEGIN_AGAIN, two());

        refused(Problem.FORBIDDEN, () -> orders.thaw(fixture.investigator(), id.code(), word));
        refused(
                Problem.FORBIDDEN,
                () -> orders.thaw(
                        OrdersFixture.caller(fixture.world.cast().supervisor(), Role.SUPERVISOR), id.code(), word));
        refused(Problem.FORBIDDEN, () -> orders.frozen(fixture.investigator()));
        stillFrozen(id);
    }

    @Test
    void a_thaw_replayed_on_another_order_or_a_second_time_thaws_nothing() throws Exception {
        OrderId one = frozen();
        OrderId other = frozen();
        byte[] word = word(shown(one), ThawOutcome.BEGIN_AGAIN, two());
        int entered = refusedThaws().size();

        refused(Problem.CONFLICT, () -> send(other, word));
        stillFrozen(other);
        send(one, word);
        refused(Problem.NOT_FOUND, () -> send(one, word));
        assertThat(refusedThaws().stream().skip(entered)).containsExactly("CONFLICT", "NOT_FROZEN");
    }

    @Test
    void a_word_for_another_outcome_than_row_and_log_bear_thaws_nothing() {
        OrderId id = frozen();

        for (ThawOutcome outcome : ThawOutcome.values()) {
            if (outcome != ThawOutcome.BEGIN_AGAIN) {
                refused(Problem.CONFLICT, () -> send(id, word(shown(id), outcome, two())));
            }
        }
        stillFrozen(id);
    }

    @Test
    void a_thaw_while_the_log_is_ahead_again_thaws_nothing_and_the_order_is_frozen_anew() throws Exception {
        OrderId id = frozen();
        Backup frozen = backup(id);
        byte[] word = word(shown(id), ThawOutcome.BEGIN_AGAIN, two());
        send(id, word);
        orders.step();
        fixture.entries(id);
        frozen.restore();

        refused(Problem.CONFLICT, () -> send(id, word));
        orders.level();
        fixture.entries(id);
        refused(Problem.CONFLICT, () -> send(id, word));
        assertThat(shown(id).beyond())
                .extracting(FrozenOrders.Beyond::type)
                .contains("order.frozen", "order.begun-again");
        thaw(id, ThawOutcome.BEGIN_AGAIN);
        assertThat(orders.status(id).state()).isEqualTo("held");
    }

    @Test
    void nobody_signs_for_a_freezing_that_is_not_recorded() {
        OrderId id = fixture.inReview();
        Backup backup = backup(id);
        approve(id);
        fixture.entries(id);
        backup.restore();
        orders.level();

        FrozenOrders.Frozen frozen = orders.frozen(fixture.officer(1)).orders().stream()
                .filter(each -> each.order().equals(id.code()))
                .findFirst()
                .orElseThrow();
        assertThat(frozen.entry()).isEmpty();
        assertThat(frozen.outcome()).isEmpty();
    }

    @Test
    void a_row_that_nobody_froze_yet_takes_no_place_that_its_log_has() {
        OrderId id = fixture.inReview();
        Backup backup = backup(id);
        approve(id);
        List<String> before = fixture.entries(id);
        backup.restore();

        assertThat(catchThrowable(() -> approve(id))).isNotNull();

        assertThat(fixture.entries(id)).isEqualTo(before);
        orders.level();
        assertThat(fixture.entries(id)).endsWith("order.frozen");
    }

    @Test
    void a_death_at_any_place_leaves_it_frozen_or_thawed_and_said_once() throws Exception {
        Death.Walk whole = Death.Walk.through();
        freezeAndThaw(whole);
        assertThat(whole.passed()).contains("orders.frozen", "orders.order.frozen", "orders.order.begun-again");
        for (int place = 0; place < whole.passed().size(); place++) {
            OrderId id = fixture.inReview();
            Backup backup = backup(id);
            approve(id);
            fixture.entries(id);
            backup.restore();
            Death.Walk deadly = Death.Walk.to(place);
            assertThat(catchThrowable(() -> freezeAndThaw(deadly, id))).isInstanceOf(Death.class);

            Orders again = fixture.open(new OrdersSettings(CallBack.OFF));
            again.level();
            again.step();
            fixture.entries(id);
            if (again.frozen(fixture.officer(1)).orders().stream()
                    .anyMatch(each -> each.order().equals(id.code()))) {
                thaw(id, ThawOutcome.BEGIN_AGAIN);
            }
            List<String> entries = fixture.entries(id);
            assertThat(entries.stream().filter("order.frozen"::equals))
                    .as(whole.passed().get(place))
                    .hasSize(1);
            assertThat(entries.stream().filter("order.begun-again"::equals)).hasSize(1);
        }
    }

    private void freezeAndThaw(Death.Walk walk) throws Exception {
        OrderId id = fixture.inReview();
        Backup backup = backup(id);
        approve(id);
        fixture.entries(id);
        backup.restore();
        freezeAndThaw(walk, id);
    }

    private void freezeAndThaw(Death.Walk walk, OrderId id) throws Exception {
        Orders dying = fixture.open(new OrdersSettings(CallBack.OFF), walk::reached);
        dying.level();
        fixture.entries(id);
        dying.thaw(fixture.officer(1), id.code(), word(shown(id), ThawOutcome.BEGIN_AGAIN, two()));
    }

    // What the tests do

    private OrderId prosecutor(OrderDocument order) {
        return OrdersFixture.id(fixture.submit(
                fixture.desk.unvalidated(order, fixture.world.cast().prosecutor())));
    }

    private OrderId frozen() {
        OrderId id = fixture.inReview();
        Backup backup = backup(id);
        approve(id);
        restore(backup);
        return id;
    }

    private void approve(OrderId id) {
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
    }

    private Backup backup(OrderId id) {
        return Backup.of(fixture.database, id);
    }

    /** And the gateway starts again. */
    private void restore(Backup backup) {
        while (fixture.log.stepper().step()) {
            // until everything is recorded
        }
        backup.restore();
        orders.level();
        while (fixture.log.stepper().step()) {
            // until everything is recorded
        }
    }

    private FrozenOrders.Frozen shown(OrderId id) {
        return orders.frozen(OrdersFixture.caller(fixture.world.cast().supervisor(), Role.SUPERVISOR)).orders().stream()
                .filter(each -> each.order().equals(id.code()))
                .findFirst()
                .orElseThrow();
    }

    private void stillFrozen(OrderId id) {
        assertThat(shown(id).outcome()).contains(ThawOutcome.BEGIN_AGAIN);
        assertThat(fixture.entries(id)).endsWith("order.frozen");
    }

    private void thaw(OrderId id, ThawOutcome outcome) {
        assertThat(shown(id).outcome()).contains(outcome);
        try {
            send(id, word(shown(id), outcome, two()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void send(OrderId id, byte[] word) throws Exception {
        orders.thaw(fixture.officer(1), id.code(), word);
    }

    private List<Actor> officers() {
        return new ArrayList<>(fixture.world.cast().officers());
    }

    private Actor[] two() {
        return new Actor[] {officers().get(0), officers().get(1)};
    }

    /** The grounds of the entries that say a word thawed nothing. */
    private List<String> refusedThaws() {
        fixture.recorded();
        return fixture.log.from(LogName.CASE, 0, 10_000).stream()
                .map(EntryText::parsed)
                .filter(entry -> entry.type().equals("thaw.refused"))
                .map(entry -> entry.clear().get("detail"))
                .toList();
    }

    private byte[] word(FrozenOrders.Frozen frozen, ThawOutcome outcome, Actor... by) {
        return word(fixture, frozen, outcome, by);
    }

    static byte[] word(OrdersFixture fixture, FrozenOrders.Frozen frozen, ThawOutcome outcome, Actor... by) {
        OrderThaw said = new OrderThaw(
                OrderThaw.VERSION,
                OrderThaw.TYPE,
                frozen.order(),
                frozen.orderDigest(),
                frozen.entry().orElseThrow(),
                outcome,
                "the backup of the morning came back",
                List.of("officer-1", "officer-2"),
                fixture.now(),
                Bytes.of(new byte[OrderThaw.SALT_BYTES]));
        JointStatement joint = JointStatement.of(said);
        for (Actor actor : by) {
            joint = joint.signedBy(actor.document(), said);
        }
        return joint.bytes();
    }

    private static void refused(Problem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
