// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sparekey.gateway.fixture.Death;
import org.sparekey.gateway.orders.OrdersSettings.CallBack;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.bundle.CaseCourse;
import org.sparekey.protocol.bundle.CaseEntry;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** "Stop" is heard also while an order is frozen, is on record from that moment, and is obeyed before anything of it goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenWithdrawalTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void its_issuers_withdrawal_is_entered_waits_and_is_obeyed_before_anything_goes_on() {
        OrderId id = frozenApproved();

        OrderStatus said = fixture.submit(byIssuer(OrderKind.WITHDRAWAL, id));

        assertThat(said.state()).isEqualTo("held");
        OrderId withdrawal = OrdersFixture.id(said);
        assertThat(fixture.entries(withdrawal)).containsExactly("order.submitted", "order.verified", "order.held");
        orders.step();
        assertThat(orders.status(withdrawal).state()).isEqualTo("held");
        thaw(id, ThawOutcome.AS_LOGGED);
        assertThat(orders.status(id).state()).isEqualTo("approved");
        assertThat(orders.claim(id)).as("it rests until it is taken back").isEmpty();
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(orders.status(withdrawal).state()).isEqualTo("applied");
        assertThat(fixture.entries(id))
                .endsWith("order.frozen", "order.thawed", "order.withdrawn", "hold.released")
                .satisfies(FrozenWithdrawalTest::inCourse);
        assertThat(fixture.entries(withdrawal))
                .containsExactly("order.submitted", "order.verified", "order.held", "order.applied")
                .satisfies(FrozenWithdrawalTest::inCourse);
        orders.step();
        assertThat(orders.claim(id)).isEmpty();
    }

    @Test
    void the_judges_withdrawal_of_what_is_begun_again_comes_before_its_look_up() {
        OrderId id = frozenInReview();
        Actor judge = fixture.world.cast().judge();

        OrderStatus said = fixture.submit(
                OrdersFixture.caller(judge, Role.JUDGE),
                fixture.desk.unvalidated(
                        document(OrderKind.WITHDRAWAL, id, new Issuer(Cast.COURT, judge.person(), "JUDGE", "NL")),
                        judge));
        thaw(id, ThawOutcome.BEGIN_AGAIN);
        orders.step();

        assertThat(fixture.entries(id)).endsWith("order.begun-again", "order.withdrawn", "hold.released");
        assertThat(orders.status(OrdersFixture.id(said)).state()).isEqualTo("applied");
    }

    @Test
    void a_withdrawal_of_what_the_thaw_itself_ends_waits_no_longer() {
        OrderId id = fixture.inReview();
        Backup backup = Backup.of(fixture.database, id);
        fixture.desks.approve(1, id, Decision.REFUSE);
        restore(backup);
        OrderId withdrawal = OrdersFixture.id(fixture.submit(byIssuer(OrderKind.WITHDRAWAL, id)));

        thaw(id, ThawOutcome.AS_LOGGED);
        orders.step();

        assertThat(orders.status(id).state()).isEqualTo("refused");
        assertThat(orders.status(withdrawal).state()).isEqualTo("expired");
    }

    @Test
    void what_is_ordered_about_it_otherwise_is_refused_with_a_code_and_entered() {
        OrderDocument freeze = new Altered(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN))
                .kind(OrderKind.PRESERVATION)
                .basis("NL-126ni")
                .validator(Optional.empty())
                .document();
        Actor prosecutor = fixture.world.cast().prosecutor();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.unvalidated(freeze, prosecutor)));
        freezeAndRead(id);

        OrderStatus extension = fixture.submit(fixture.desk.unvalidated(
                new Altered(fixture.desk.content(freeze.target().value(), OrdersFixture.SEEN))
                        .kind(OrderKind.EXTENSION)
                        .basis("NL-126ni")
                        .validator(Optional.empty())
                        .scope(freeze.scope())
                        .parent(freeze.id())
                        .document(),
                prosecutor));

        assertThat(extension.state()).isEqualTo("refused");
        assertThat(extension.reason()).contains("EARLIER_NOT_TO_BE_CHANGED_NOW");
        assertThat(fixture.entries(OrdersFixture.id(extension))).containsExactly("order.submitted", "order.refused");
        assertThat(fixture.entries(id)).endsWith("order.frozen");
    }

    @Test
    void what_came_on_paper_and_was_called_back_meanwhile_is_obeyed_too_and_does_not_expire() {
        PaperDesk paper = new PaperDesk(fixture);
        OrderId id = OrdersFixture.id(paper.enter(1, fixture.desk.content(fixture.machine(), OrdersFixture.SEEN)));
        paper.confirm(2, id, CallBackSubject.ISSUER);
        paper.confirm(2, id, CallBackSubject.VALIDATOR);
        freezeAndRead(id);
        Issuer issuer = Locating.order(new OrderTable(fixture.jdbc).find(id).orElseThrow())
                .issuer();
        OrderId withdrawal = OrdersFixture.id(paper.enter(1, document(OrderKind.WITHDRAWAL, id, issuer)));

        assertThat(paper.confirm(2, withdrawal, CallBackSubject.ISSUER).state()).isEqualTo("held");
        fixture.pass(OrderDecisions.UNCALLED_HOLD);
        orders.step();
        assertThat(orders.status(withdrawal).state()).isEqualTo("held");
        thaw(id, ThawOutcome.AS_LOGGED);
        orders.step();

        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(orders.status(withdrawal).state()).isEqualTo("applied");
        assertThat(fixture.entries(withdrawal)).containsSubsequence("order.called-back", "order.applied");
    }

    @Test
    void a_backup_older_than_the_obedience_changes_nothing_and_hides_no_frozen_order() {
        OrderId id = frozenApproved();
        OrderId withdrawal = OrdersFixture.id(fixture.submit(byIssuer(OrderKind.WITHDRAWAL, id)));
        thaw(id, ThawOutcome.AS_LOGGED);
        Backup order = Backup.of(fixture.database, id);
        Backup stop = Backup.of(fixture.database, withdrawal);
        orders.step();
        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        fixture.entries(id);
        order.restore();
        restore(stop);

        thaw(withdrawal, ThawOutcome.AS_LOGGED);
        thaw(id, ThawOutcome.AS_LOGGED);

        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(orders.status(withdrawal).state()).isEqualTo("applied");
    }

    @Test
    void a_death_at_any_place_of_its_filing_or_its_obedience_loses_no_withdrawal() {
        OrderId id = frozenApproved();
        byte[] body = OrdersFixture.body(byIssuer(OrderKind.WITHDRAWAL, id));
        String key = OrdersFixture.key();
        int filing =
                deaths(again -> again.submit(fixture.investigator(), body, Multipart.contentType("boundary"), key));
        thaw(id, ThawOutcome.AS_LOGGED);
        int obeying = deaths(again -> {
            assertThat(again.claim(id)).isEmpty();
            again.step();
        });

        assertThat(filing).isGreaterThan(3);
        assertThat(obeying).isGreaterThan(2);
        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(fixture.entries(id)).containsOnlyOnce("order.withdrawn", "hold.released");
    }

    /** Dies once at each place in turn, until none is left. */
    private int deaths(Consumer<Orders> story) {
        for (int place = 0; ; place++) {
            try {
                story.accept(fixture.open(new OrdersSettings(CallBack.OFF), Death.Walk.to(place)::reached));
                return place;
            } catch (Death _) {
                // and the next gateway starts
            }
        }
    }

    // What the tests do

    private OrderId frozenApproved() {
        OrderId id = fixture.approved();
        freezeAndRead(id);
        return id;
    }

    /** A row that forgot no more than who read it. */
    private void freezeAndRead(OrderId id) {
        Backup backup = Backup.of(fixture.database, id);
        orders.looked(fixture.investigator(), id, "documents");
        restore(backup);
    }

    private OrderId frozenInReview() {
        OrderId id = fixture.inReview();
        Backup backup = Backup.of(fixture.database, id);
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        restore(backup);
        return id;
    }

    private void restore(Backup backup) {
        fixture.recorded();
        backup.restore();
        orders.level();
        fixture.recorded();
    }

    private Letter byIssuer(OrderKind kind, OrderId id) {
        Actor issuer = fixture.world.cast().prosecutor();
        return fixture.desk.unvalidated(
                document(
                        kind,
                        id,
                        Locating.order(new OrderTable(fixture.jdbc).find(id).orElseThrow())
                                .issuer()),
                issuer);
    }

    private OrderDocument document(OrderKind kind, OrderId id, Issuer issuer) {
        UUID parent = orders.status(id).id();
        return new Altered(fixture.desk.content("192.0.2.1", OrdersFixture.SEEN))
                .kind(kind)
                .issuer(issuer)
                .validator(Optional.empty())
                .parent(parent)
                .document();
    }

    private void thaw(OrderId id, ThawOutcome outcome) {
        Caller officer = fixture.officer(1);
        FrozenOrders.Frozen frozen = orders.frozen(officer).orders().stream()
                .filter(each -> each.order().equals(id.code()))
                .findFirst()
                .orElseThrow();
        assertThat(frozen.outcome()).contains(outcome);
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
        for (Actor each : fixture.world.cast().officers().subList(0, 2)) {
            joint = joint.signedBy(each.document(), said);
        }
        try {
            orders.thaw(officer, id.code(), joint.bytes());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** As a verifier holds the order of the entries against the course. */
    private static void inCourse(List<? extends String> types) {
        String state = "";
        for (String type : types) {
            assertThat(CaseCourse.follows(state, type))
                    .as("%s after %s", type, state)
                    .isTrue();
            state = switch (type) {
                case "order.submitted" -> "submitted";
                case "order.verified" -> "verified";
                default -> CaseEntry.state(type).orElse(state);
            };
        }
    }
}
