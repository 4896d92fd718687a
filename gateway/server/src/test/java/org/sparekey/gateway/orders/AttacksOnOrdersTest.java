// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.Grade;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.OrderDesk.Letter;

/**
 * Attacks on orders that no other test of this room is named for. {@code docs/attacks-on-orders.md} names the test of every
 * one of them.
 */
class AttacksOnOrdersTest {

    private static final byte[] SOMETHING = {1};

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final Orders orders = fixture.orders;

    @Test
    void a_valid_signature_from_the_wrong_authority_is_refused_whoever_brings_it() {
        OrderDocument police = fixture.desk.identity(fixture.machine(), SEEN);
        Actor elsewhere = fixture.world.cast().stranger();
        Actor court = fixture.world.cast().judge();

        refused(fixture.submit(fixture.desk.unvalidated(police, elsewhere)));
        refused(fixture.submit(fixture.stranger(), fixture.desk.unvalidated(police, elsewhere)));
        refused(fixture.submit(fixture.desk.unvalidated(police, court)));
        assertThat(fixture.submit(fixture.desk.unvalidated(
                                police, fixture.world.cast().investigator()))
                        .state())
                .as("nothing but the signature was wrong")
                .isEqualTo("closed");
    }

    @Test
    void an_address_moved_after_the_approval_copies_nobody_else() {
        String address = fixture.machine();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.disk(address, SEEN)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        ApprovedOrder order = orders.claim(id).orElseThrow();
        UUID innocent = UUID.randomUUID();
        fixture.places.put(address, OrdersFixture.found(innocent, "tenant-1", Grade.CERTAIN));
        fixture.guests.put(innocent.toString(), OrdersFixture.guest(innocent, "somebody-elses"));

        assertThat(orders.recheck(order)).isEqualTo(new Recheck.Different("OTHER_TARGET"));
        orders.reviewAgain(order, "OTHER_TARGET");

        assertThat(orders.status(id).approvals()).isZero();
        assertThat(orders.claim(id)).isEmpty();
    }

    @Test
    void an_order_addressed_to_a_suspect_reseller_is_not_this_gateways() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        Addressee reseller = new Addressee(
                "Palmstrand Ltd",
                order.addressee().gatewayOrigin(),
                order.addressee().capacity());

        OrderStatus status = fixture.submit(fixture.desk.unvalidated(
                new Altered(order).addressee(reseller).document(),
                fixture.world.cast().investigator()));

        refused(status);
        assertThat(status.reason()).contains("WRONG_ADDRESSEE");
    }

    @Test
    void a_suspect_reseller_gets_no_notice_of_a_secret_take_down() {
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown())));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        int entries = fixture.entries(id).size();

        assertThatThrownBy(
                        () -> record(id, OfficerRecord.What.TAKE_DOWN_NOTICE, OfficerRecord.Means.NOTICE_TO_RESELLER))
                .hasMessageContaining("tip off");

        assertThat(fixture.entries(id)).hasSize(entries);
    }

    @Test
    void a_take_down_whose_address_moved_since_the_approval_is_not_carried_out() {
        OrderDocument order = takeDown();
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(order)));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);
        String address = order.target().value();
        UUID here = UUID.fromString(fixture.asset(address).uuid());
        int entries = fixture.entries(id).size();

        fixture.places.put(address, OrdersFixture.found(here, "tenant-2", Grade.CERTAIN));
        for (OfficerRecord.What what :
                List.of(OfficerRecord.What.TAKE_DOWN_NOTICE, OfficerRecord.What.TAKE_DOWN_DONE)) {
            assertThatThrownBy(() -> record(id, what, OfficerRecord.Means.BLOCK_ADDRESS))
                    .hasMessageContaining("OTHER_TARGET");
        }
        fixture.places.put(address, OrdersFixture.found(here, "tenant-1", Grade.AMBIGUOUS));
        assertThatThrownBy(() -> record(id, OfficerRecord.What.TAKE_DOWN_DONE, OfficerRecord.Means.BLOCK_ADDRESS))
                .hasMessageContaining("NOT_MATCHED");
        assertThat(fixture.entries(id)).hasSize(entries);

        fixture.places.put(address, OrdersFixture.found(here, "tenant-1", Grade.CERTAIN));
        record(id, OfficerRecord.What.TAKE_DOWN_DONE, OfficerRecord.Means.BLOCK_ADDRESS);
        assertThat(orders.status(id).state()).isEqualTo("isolated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.winkel.example", "203.0.113.0/24", "203.0.113.*", "::/0", "*", "vm-*@rack-1", " "})
    void a_wildcard_take_down_is_no_order(String everything) {
        OrderDocument order = takeDown();
        String text = new String(Wire.write(order), StandardCharsets.UTF_8)
                .replace('"' + order.target().value() + '"', '"' + everything + '"');

        malformed(text);
    }

    @Test
    void a_take_down_of_the_whole_guest_is_no_means_that_an_officer_has() {
        OrderId id = OrdersFixture.id(fixture.submit(fixture.desk.validated(takeDown())));
        fixture.desks.approve(1, id, Decision.RELEASE);
        fixture.desks.approve(2, id, Decision.RELEASE);

        assertThatThrownBy(() -> record(id, OfficerRecord.What.TAKE_DOWN_DONE, OfficerRecord.Means.ISOLATE_GUEST))
                .hasMessageContaining("does not say so");

        assertThat(orders.status(id).state()).isEqualTo("approved");
    }

    @Test
    void a_withdrawal_after_sealing_lets_nothing_go() {
        OrderId id = fixture.approved();
        ApprovedOrder order = sealed(id);

        assertThat(withdraw(id).state()).isEqualTo("applied");

        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
        assertThat(orders.status(id).holdUntil()).isEmpty();
        assertThat(orders.released(order)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.available(order)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.claim(id)).isEmpty();
    }

    @Test
    void a_withdrawal_between_the_release_and_its_delivery_lets_nothing_go() {
        OrderId id = fixture.approved();
        ApprovedOrder order = sealed(id);
        assertThat(orders.released(order)).isInstanceOf(Transition.Done.class);

        assertThat(withdraw(id).state()).isEqualTo("applied");

        assertThat(orders.available(order)).isInstanceOf(Transition.Illegal.class);
        assertThat(orders.status(id).state()).isEqualTo("withdrawn");
    }

    @Test
    void a_withdrawal_of_what_can_be_fetched_already_is_too_late_and_says_so() {
        OrderId id = fixture.approved();
        ApprovedOrder order = sealed(id);
        orders.released(order);
        orders.available(order);

        assertThat(withdraw(id).reason()).contains("TOO_LATE_TO_WITHDRAW");
        assertThat(orders.status(id).state()).isEqualTo("available");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T12:00:00",
                "2026-11-30T12:00:00Z",
                "2026-11-30T12:00:00.000",
                "2026-11-30T12:00:00.000+00:00",
                "2026-11-30T13:00:00.000+01:00",
                "2026-11-30t12:00:00.000z",
                "2026-11-30T12:00:00.0000Z",
                "2026-11-30T24:00:00.000Z",
                "2026-11-30T12:00:60.000Z",
                "2026-02-29T12:00:00.000Z",
                "-2026-11-30T12:00:00.000Z",
                "+12026-11-30T12:00:00.000Z",
                "+999999999-12-31T23:59:59.999Z",
                "2026-11-30",
                "1795953600"
            })
    void clock_games_with_the_deadlines_spelling_make_no_order(String deadline) {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        String text = new String(Wire.write(order), StandardCharsets.UTF_8)
                .replace("\"deadline\":\"" + Wire.text(order.deadline()), "\"deadline\":\"" + deadline);

        malformed(text);
    }

    @Test
    void clock_games_with_the_signing_time_are_refused_on_both_sides() {
        assertThat(signedAt(Duration.ofMinutes(5).plusSeconds(1)).reason()).contains("SIGNED_IN_FUTURE");
        assertThat(signedAt(Duration.ofDays(-30).minusSeconds(1)).reason().orElseThrow())
                .as("or because his certificate was not there yet")
                .isIn("SIGNED_TOO_LONG_AGO", "SECOND_OPINION");
        assertThat(signedAt(Duration.ZERO).state()).isEqualTo("closed");
    }

    @Test
    void ids_count_nobodys_orders() {
        List<String> codes = java.util.stream.Stream.generate(() -> OrderId.random(fixture.random))
                .limit(64)
                .map(OrderId::code)
                .toList();

        assertThat(codes).doesNotHaveDuplicates();
        assertThat(codes)
                .as("by chance once in 64! tries")
                .isNotEqualTo(codes.stream().sorted().toList());
        // A counter under a cipher would still begin alike: 64 codes have some 28 different first letters of 32.
        assertThat(codes.stream().map(code -> code.charAt(4)).distinct()).hasSizeGreaterThan(10);
    }

    private OrderDocument takeDown() {
        return new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .kind(OrderKind.TAKE_DOWN)
                .basis("NL-125p")
                .document();
    }

    private ApprovedOrder sealed(OrderId id) {
        ApprovedOrder order = orders.claim(id).orElseThrow();
        assertThat(orders.started(order, SOMETHING)).isInstanceOf(Transition.Done.class);
        assertThat(orders.secured(order, Digest.sha256(SOMETHING), SOMETHING)).isInstanceOf(Transition.Done.class);
        return order;
    }

    private OrderStatus withdraw(OrderId id) {
        OrderDocument withdrawal = new Altered(fixture.desk.content("192.0.2.1", SEEN))
                .kind(OrderKind.WITHDRAWAL)
                .validator(Optional.empty())
                .parent(orders.status(id).id())
                .document();
        return fixture.submit(
                fixture.desk.unvalidated(withdrawal, fixture.world.cast().prosecutor()));
    }

    private void record(OrderId id, OfficerRecord.What what, OfficerRecord.Means means) {
        OfficerRecord record = new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                what,
                Optional.of(means),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "By hand.");
        orders.record(fixture.officer(1), id, Wire.write(record), OrdersFixture.key());
    }

    private OrderStatus signedAt(Duration fromNow) {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        Actor investigator = fixture.world.cast().investigator();
        SignedDocument signed = SignedDocument.sign(
                OrderDocument.TYPE,
                Wire.write(order),
                investigator.document(),
                fixture.now().plus(fromNow));
        return fixture.submit(new Letter(signed, Optional.empty()));
    }

    /** Signed by the very person whom it names, so that nothing but its text is wrong. */
    private void malformed(String text) {
        SignedDocument signed = SignedDocument.sign(
                OrderDocument.TYPE,
                text.getBytes(StandardCharsets.UTF_8),
                fixture.world.cast().prosecutor().document(),
                fixture.now());
        int before = orders.list(fixture.officer(1)).size();

        assertThatThrownBy(() -> fixture.submit(new Letter(signed, Optional.empty())))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ORDER_MALFORMED));

        assertThat(orders.list(fixture.officer(1))).hasSize(before);
    }

    private static void refused(OrderStatus status) {
        assertThat(status.state()).isEqualTo("refused");
        assertThat(status.holdUntil()).isEmpty();
    }
}
