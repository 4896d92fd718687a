// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.fixture.GatewayFixture;
import org.sparekey.gateway.fixture.Reply;
import org.sparekey.gateway.fixture.SignedClient;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.RequestSigner;
import org.sparekey.testkit.world.OrderDesk;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** The disk of one machine: with all four proofs it goes its way, and without any one of them it does not. */
class FourProofsTest {

    private final OrdersFixture fixture = OrdersFixture.callingBack();
    private final CallBackDesk calls = new CallBackDesk(fixture);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void with_all_four_it_is_approved() {
        OrderId id = OrdersFixture.id(fixture.submit(disk()));
        calls.confirm(1, id);
        calls.confirm(2, id);
        assertThat(approvedByTwo(id)).isEqualTo("approved");
    }

    @Test
    void the_channel_removed_or_forged_brings_nothing_in() {
        GatewayFixture gateway = GatewayFixture.shared();
        SignedClient prosecutor = gateway.client(gateway.world().cast().prosecutor());
        byte[] body = OrdersFixture.body(new OrderDesk(gateway.world(), InstantSource.system(), new SecureRandom())
                .disk("203.0.113.77", OrdersFixture.SEEN));
        Message.Request unsigned = prosecutor
                .request("POST", "/v1/orders")
                .with("content-type", Multipart.contentType("boundary"))
                .with("idempotency-key", UUID.randomUUID().toString())
                .withContent(body);

        Reply removed = prosecutor.send(unsigned, body);
        SignedClient forger = prosecutor.withSigner(new RequestSigner(
                gateway.world().cast().stranger().message(), InstantSource.system(), new SecureRandom()));
        Reply forged = forger.send(forger.sign(unsigned), body);

        assertThat(removed.problem()).isEqualTo(Problem.SIGNATURE_INVALID);
        assertThat(forged.problem()).isEqualTo(Problem.KEYS_DISAGREE);
    }

    @Test
    void the_document_removed_or_forged_is_refused() throws Exception {
        byte[] nothing = Multipart.write(java.util.List.of(), "boundary");
        assertThatThrownBy(() -> fixture.orders.submit(
                        fixture.investigator(), nothing, Multipart.contentType("boundary"), OrdersFixture.key()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ORDER_MALFORMED));
        Letter genuine = disk();
        String compact = genuine.order().compact();
        int at = compact.lastIndexOf('.') + 10;
        String flipped = compact.substring(0, at) + (compact.charAt(at) == 'A' ? 'B' : 'A') + compact.substring(at + 1);
        Letter forged = new Letter(SignedDocument.parse(flipped), genuine.validator());
        assertThat(fixture.submit(forged).reason()).contains("SIGNATURE_INVALID");
    }

    @Test
    void the_authority_removed_or_forged_is_refused() {
        Letter letter = disk();
        assertThat(fixture.submit(new Letter(letter.order(), Optional.empty())).state())
                .isEqualTo("refused");
        Letter other = disk();
        SignedDocument byThePolice = SignedDocument.sign(
                other.validator().orElseThrow().type(),
                other.validator().orElseThrow().payload(),
                fixture.world.cast().investigator().document(),
                fixture.now());
        assertThat(fixture.submit(new Letter(other.order(), Optional.of(byThePolice)))
                        .state())
                .isEqualTo("refused");
    }

    @Test
    void the_call_removed_or_forged_lets_nothing_go_on() {
        known();
        OrderId removed = OrdersFixture.id(fixture.submit(disk()));
        assertThat(approvedByTwo(removed)).isEqualTo("review");
        assertThat(fixture.orders.claim(removed)).isEmpty();

        OrderId forged = OrdersFixture.id(fixture.submit(disk()));
        calls.code(forged);
        assertThatThrownBy(() -> calls.say(1, forged, "0000-0000-0000-0000")).isInstanceOf(ProblemException.class);
        assertThat(approvedByTwo(forged)).isEqualTo("review");
        assertThat(fixture.orders.claim(forged)).isEmpty();

        calls.confirm(1, forged);
        assertThat(fixture.orders.status(forged).state())
                .as("nothing but the call was lacking")
                .isEqualTo("approved");
    }

    /** By an order that was called back a day ago: nothing of his rests any more for being his first. */
    private void known() {
        calls.confirm(1, OrdersFixture.id(fixture.submit(disk())));
        fixture.pass(CallBackDecisions.COOLING_OFF);
    }

    private Letter disk() {
        return fixture.desk.validated(OrderDesk.emergency(fixture.desk.content(fixture.machine(), OrdersFixture.SEEN)));
    }

    private String approvedByTwo(OrderId id) {
        fixture.desks.approve(1, id, Decision.RELEASE);
        return fixture.desks.approve(2, id, Decision.RELEASE).state();
    }
}
