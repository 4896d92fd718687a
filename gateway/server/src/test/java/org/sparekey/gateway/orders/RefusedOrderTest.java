// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.gateway.orders.OrdersFixture.SEEN;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.ValidatorReference;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.world.Cast;
import org.sparekey.testkit.world.OrderDesk.Letter;

/** Orders that the law or their own documents stop at the door: refused with a ground, nothing held. */
class RefusedOrderTest {

    private final OrdersFixture fixture = OrdersFixture.shared();

    // Refusals of the law

    @Test
    void content_without_a_judge_is_refused_and_nothing_is_held() {
        OrderStatus status = fixture.submit(fixture.desk.diskWithoutJudge(fixture.machine(), SEEN));

        refused(status, "VALIDATOR_NOT_NAMED");
        assertThat(fixture.entries(OrdersFixture.id(status))).containsExactly("order.submitted", "order.refused");
    }

    @Test
    void a_judge_who_is_only_named_is_refused() {
        Letter letter = fixture.desk.disk(fixture.machine(), SEEN);

        refused(fixture.submit(new Letter(letter.order(), Optional.empty())), "VALIDATOR_ABSENT");
    }

    @Test
    void a_judges_authorisation_of_another_order_is_refused() {
        Letter one = fixture.desk.disk(fixture.machine(), SEEN);
        Letter other = fixture.desk.disk(fixture.machine(), SEEN);

        refused(fixture.submit(new Letter(one.order(), other.validator())), "VALIDATOR_OTHER_ORDER");
    }

    @Test
    void a_forged_judge_is_refused() {
        Letter letter = fixture.desk.disk(fixture.machine(), SEEN);
        byte[] payload = letter.validator().orElseThrow().payload();
        SignedDocument byProsecutor = SignedDocument.sign(
                "order-validation", payload, fixture.world.cast().prosecutor().document(), OrdersFixture.START);
        SignedDocument byStranger = SignedDocument.sign(
                "order-validation",
                payload,
                fixture.world.cast().courtCa().issue(Purpose.DOCUMENT, "Somebody at the court"),
                OrdersFixture.START);

        // Enrolled and in force, but what vouches for the police vouches for nobody at the court.
        refused(fixture.submit(new Letter(letter.order(), Optional.of(byProsecutor))), "VALIDATOR_NOT_PROVEN");
        Letter again = fixture.desk.disk(fixture.machine(), SEEN);
        refused(fixture.submit(new Letter(again.order(), Optional.of(byStranger))), "VALIDATOR_OTHER_ORDER");
    }

    @Test
    void a_judge_whom_the_police_call_their_own_is_refused() {
        OrderDocument order = fixture.desk.content(fixture.machine(), SEEN);
        ValidatorReference court = order.validator().orElseThrow();
        OrderDocument own = new Altered(order)
                .validator(Optional.of(
                        new ValidatorReference(Cast.AUTHORITY, court.role(), court.reference(), court.at())))
                .document();

        refused(fixture.submit(fixture.desk.validated(own)), "VALIDATOR_NOT_PROVEN");
    }

    @Test
    void an_unenrolled_judge_is_refused() {
        OrderDocument order = fixture.desk.content(fixture.machine(), SEEN);
        Letter letter = fixture.desk.validated(order);
        SignedDocument forged = SignedDocument.sign(
                "order-validation",
                letter.validator().orElseThrow().payload(),
                fixture.world.cast().courtCa().issue(Purpose.DOCUMENT, "Somebody at the court"),
                OrdersFixture.START);

        OrderStatus status = fixture.submit(new Letter(letter.order(), Optional.of(forged)));

        refused(status, "VALIDATOR_NOT_PROVEN");
    }

    @Test
    void an_order_beyond_its_basis_is_refused() {
        OrderDocument order = new Altered(fixture.desk.identity(fixture.machine(), SEEN))
                .scope(new Scope(
                        List.of(Category.SUBSCRIBER, Category.CONTENT), SEEN, OrdersFixture.START, List.of(), false))
                .document();

        refused(fixture.submit(byInvestigator(order)), "CATEGORY_BEYOND_BASIS");
    }

    @Test
    void an_order_for_another_hoster_is_refused() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        Addressee other = new Addressee(
                "Andere Hosting B.V.",
                "https://api.elders.example",
                order.addressee().capacity());

        refused(
                fixture.submit(
                        byInvestigator(new Altered(order).addressee(other).document())),
                "WRONG_GATEWAY");
    }

    @Test
    void an_expired_order_is_refused() {
        OrderDocument order = new Altered(fixture.desk.identity(fixture.machine(), SEEN))
                .deadline(OrdersFixture.START)
                .document();

        refused(fixture.submit(byInvestigator(order)), "DEADLINE_PASSED");
    }

    @Test
    void evidence_is_sealed_to_an_enrolled_team_only() {
        OrderDocument order = new Altered(fixture.desk.content(fixture.machine(), SEEN))
                .deliverTo("team-elsewhere")
                .document();

        refused(fixture.submit(fixture.desk.validated(order)), "DELIVERY_NOT_ENROLLED");
    }

    // Refusals of the document

    @Test
    void an_unenrolled_key_is_refused_however_good_its_certificate() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        SignedDocument forged = SignedDocument.sign(
                "order",
                Wire.write(order),
                fixture.world.cast().policeCa().issue(Purpose.DOCUMENT, "Somebody of the police"),
                OrdersFixture.START);

        refused(fixture.submit(new Letter(forged, Optional.empty())), "KEY_NOT_ENROLLED");
    }

    @Test
    void a_message_key_signs_no_order() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        SignedDocument forged = SignedDocument.sign(
                "order", Wire.write(order), fixture.world.cast().investigator().message(), OrdersFixture.START);

        refused(fixture.submit(new Letter(forged, Optional.empty())), "KEY_NOT_ENROLLED");
    }

    @Test
    void an_investigator_does_not_sign_for_the_prosecutor() {
        OrderDocument order = fixture.desk.content(fixture.machine(), SEEN);
        Letter letter = fixture.desk.unvalidated(order, fixture.world.cast().investigator());

        refused(fixture.submit(letter), "WRONG_SIGNER");
    }

    @Test
    void a_genuine_order_of_another_authority_is_not_mine_to_submit() {
        Letter letter = fixture.desk.whoHad(fixture.machine(), SEEN);

        OrderStatus status = fixture.submit(fixture.stranger(), letter);

        refused(status, "SUBMITTED_BY_ANOTHER");
        assertThat(fixture.submit(letter).state()).isEqualTo("closed");
    }

    @Test
    void an_altered_order_is_refused_and_does_not_use_up_the_id_of_the_genuine_one() throws Exception {
        Letter genuine = fixture.desk.whoHad(fixture.machine(), SEEN);
        String compact = genuine.order().compact();
        OrderDocument order = genuine.order().read(OrderDocument.TYPE, OrderDocument.class);
        String other = Bytes.of(Wire.write(new Altered(order)
                        .deadline(order.deadline().plusSeconds(1))
                        .document()))
                .base64url();
        String[] parts = compact.split("\\.");
        SignedDocument forged = SignedDocument.parse(parts[0] + "." + other + "." + parts[2]);

        refused(fixture.submit(new Letter(forged, Optional.empty())), "SIGNATURE_INVALID");
        assertThat(fixture.submit(genuine).state()).isEqualTo("closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "RS256"})
    void an_algorithm_that_the_key_did_not_choose_is_no_order(String algorithm) {
        String[] parts =
                fixture.desk.whoHad(fixture.machine(), SEEN).order().compact().split("\\.");
        String header = new String(Bytes.parse(parts[0]).array(), StandardCharsets.UTF_8)
                .replace("\"ES256\"", "\"" + algorithm + "\"");
        String forged = Bytes.of(header.getBytes(StandardCharsets.UTF_8)).base64url() + "." + parts[1] + "." + parts[2];

        problem(Problem.ORDER_MALFORMED, fixture.investigator(), part("order", forged));
    }

    @Test
    void an_embedded_key_is_no_order() {
        String[] parts =
                fixture.desk.whoHad(fixture.machine(), SEEN).order().compact().split("\\.");
        String header = new String(Bytes.parse(parts[0]).array(), StandardCharsets.UTF_8)
                .replace("{\"alg\"", "{\"jwk\":{\"kty\":\"EC\"},\"alg\"");
        String forged = Bytes.of(header.getBytes(StandardCharsets.UTF_8)).base64url() + "." + parts[1] + "." + parts[2];

        problem(Problem.ORDER_MALFORMED, fixture.investigator(), part("order", forged));
    }

    @Test
    void an_order_with_two_targets_is_no_order() {
        OrderDocument order = fixture.desk.identity(fixture.machine(), SEEN);
        String two = new String(Wire.write(order), StandardCharsets.UTF_8)
                .replace(",\"type\":\"order\"", ",\"target2\":{},\"type\":\"order\"");
        SignedDocument signed = SignedDocument.sign(
                "order",
                two.getBytes(StandardCharsets.UTF_8),
                fixture.world.cast().investigator().document(),
                OrdersFixture.START);

        problem(Problem.ORDER_MALFORMED, fixture.investigator(), part("order", signed.compact()));
    }

    private Letter byInvestigator(OrderDocument order) {
        return fixture.desk.unvalidated(order, fixture.world.cast().investigator());
    }

    private static Multipart.Part part(String name, String content) {
        return new Multipart.Part(name, "application/jose", Intake.ascii(content));
    }

    private void problem(Problem problem, Caller caller, Multipart.Part... parts) {
        byte[] body = Multipart.write(List.of(parts), "boundary");
        assertThatThrownBy(() ->
                        fixture.orders.submit(caller, body, Multipart.contentType("boundary"), OrdersFixture.key()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private static void refused(OrderStatus status, String code) {
        assertThat(status.state()).isEqualTo("refused");
        assertThat(status.reason()).contains(code);
        assertThat(status.explanation()).hasSize(2);
        assertThat(status.holdUntil()).isEmpty();
    }
}
