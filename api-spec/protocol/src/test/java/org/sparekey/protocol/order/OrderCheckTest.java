// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.order.SampleOrder.HERE;
import static org.sparekey.protocol.order.SampleOrder.NOW;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

class OrderCheckTest {
    private static final Instant FARTHEST = NOW.plus(OrderCheck.CLOCK_SKEW).plus(OrderCheck.LONGEST);

    private static final Matrix MATRIX = Matrix.packaged();
    private static final Validation JUDGE = new Validation.Proven("rechtbank-voorbeeld", "r-1", "JUDGE");
    private static final Digest ORDER = Digest.sha256(new byte[] {1});

    @Test
    void an_investigator_may_ask_who_had_an_address() {
        assertThat(verdict(SampleOrder.identity())).isEqualTo(new Verdict.Allow());
    }

    @Test
    void a_prosecutor_with_the_judge_may_order_one_disk() {
        assertThat(verdict(SampleOrder.snapshot())).isEqualTo(new Verdict.Allow());
    }

    @Test
    void a_prosecutor_may_freeze_without_a_judge() {
        assertThat(verdict(SampleOrder.preservation(), new Validation.Absent())).isEqualTo(new Verdict.Allow());
    }

    @Test
    void an_order_may_wait_as_long_as_the_longest_freezing_with_its_extension_and_no_row_asks_for_more() {
        assertThat(verdict(SampleOrder.identity().deadline(FARTHEST))).isEqualTo(new Verdict.Allow());
        assertThat(verdict(SampleOrder.identity().deadline(Instant.parse("2190-01-01T00:00:00Z"))))
                .isEqualTo(new Verdict.Deny(Refusal.DEADLINE_TOO_FAR));
        assertThat(MATRIX.rows())
                .allSatisfy(row -> assertThat(Duration.ofDays(
                                row.holdDays().orElse(0) + row.extendDays().orElse(0)))
                        .isLessThanOrEqualTo(OrderCheck.LONGEST));
    }

    @ParameterizedTest
    @EnumSource(
            value = OrderKind.class,
            names = {"WITHDRAWAL", "CLARIFICATION"})
    void what_takes_back_or_explains_rests_on_no_row_and_is_received_like_any_other(OrderKind kind) {
        assertThat(verdict(SampleOrder.identity().kind(kind).on("NL-0").version("0")))
                .isEqualTo(new Verdict.Allow());
        assertThat(verdict(SampleOrder.identity().kind(kind).deadline(NOW)))
                .isEqualTo(new Verdict.Deny(Refusal.DEADLINE_PASSED));
        assertThat(verdict(SampleOrder.identity().kind(kind).to(HERE.legalEntity(), "https://api.other.example")))
                .isEqualTo(new Verdict.Deny(Refusal.WRONG_GATEWAY));
    }

    @Test
    void a_kind_that_no_row_of_the_matrix_knows_is_not_offered() {
        Matrix first = Matrix.packaged("2026-11").orElseThrow();
        SampleOrder takeDown = SampleOrder.snapshot().kind(OrderKind.TAKE_DOWN);

        assertThat(OrderCheck.judge(takeDown.document(), first, facts(JUDGE)).overall())
                .isEqualTo(new Verdict.Deny(Refusal.KIND_NOT_OFFERED));
    }

    static Stream<Arguments> spoiled() {
        SampleOrder identity = SampleOrder.identity();
        SampleOrder snapshot = SampleOrder.snapshot();
        Target byRef = SampleOrder.target(TargetFormat.VPS_REF, "vps-1", SampleOrder.SEEN);
        return Stream.of(
                Arguments.of(Refusal.WRONG_GATEWAY, identity.to(HERE.legalEntity(), "https://api.other.example")),
                Arguments.of(Refusal.WRONG_ADDRESSEE, identity.to("Andere Hosting B.V.", HERE.gatewayOrigin())),
                Arguments.of(Refusal.DEADLINE_PASSED, identity.deadline(NOW)),
                Arguments.of(
                        Refusal.OBSERVED_IN_FUTURE,
                        identity.target(SampleOrder.target(
                                TargetFormat.ADDRESS,
                                "192.0.2.7",
                                NOW.plus(OrderCheck.CLOCK_SKEW).plusMillis(1)))),
                Arguments.of(Refusal.DEADLINE_TOO_FAR, identity.deadline(FARTHEST.plusMillis(1))),
                Arguments.of(Refusal.HANDLED_BY_HAND, identity.on("NL-126nd")),
                Arguments.of(Refusal.CAMERA_IMAGES_ONLY, snapshot.on("NL-126nda")),
                Arguments.of(Refusal.FOREIGN_WITHOUT_INSTRUMENT, snapshot.on("FOREIGN-DIRECT")),
                Arguments.of(Refusal.KIND_NOT_OF_BASIS, identity.kind(OrderKind.TAKE_DOWN)),
                Arguments.of(Refusal.BASIS_UNKNOWN, identity.on("NL-126NA")),
                Arguments.of(Refusal.MATRIX_VERSION, identity.version("2025-01")),
                Arguments.of(Refusal.KIND_NOT_OF_BASIS, identity.on("NL-126ng2")),
                Arguments.of(Refusal.KIND_NOT_OF_BASIS, snapshot.on("NL-VOL")),
                Arguments.of(Refusal.KIND_NOT_OF_BASIS, snapshot.on("NL-126ni")),
                Arguments.of(Refusal.ISSUER_ROLE, snapshot.role("INVESTIGATOR")),
                Arguments.of(Refusal.ISSUER_ROLE, identity.role("JUDGE")),
                Arguments.of(Refusal.ISSUER_ROLE, identity.role("OFFICER")),
                Arguments.of(Refusal.CATEGORY_BEYOND_BASIS, identity.categories(Category.TRAFFIC)),
                Arguments.of(Refusal.CATEGORY_BEYOND_BASIS, identity.categories(Category.SUBSCRIBER, Category.CONTENT)),
                Arguments.of(Refusal.CATEGORY_BEYOND_BASIS, snapshot.categories(Category.CONTENT, Category.SUBSCRIBER)),
                Arguments.of(Refusal.USER_DATA_NEEDS_126NA, identity.on("NL-126nc")),
                Arguments.of(
                        Refusal.CATEGORY_BEYOND_BASIS,
                        identity.on("NL-126nc").target(byRef).categories(Category.CONTENT)),
                Arguments.of(Refusal.MEMORY_BEYOND_BASIS, snapshot.withMemory()),
                Arguments.of(Refusal.VALIDATOR_NOT_NAMED, snapshot.validator(Optional.empty())),
                Arguments.of(Refusal.VALIDATOR_ROLE, snapshot.validator(named("rechtbank-voorbeeld", "PROSECUTOR"))),
                Arguments.of(Refusal.VALIDATOR_DIFFERS, snapshot.validator(named("rechtbank-elders", "JUDGE"))));
    }

    @ParameterizedTest
    @MethodSource("spoiled")
    void what_the_law_does_not_allow_is_denied_with_its_ground(Refusal ground, SampleOrder order) {
        assertThat(verdict(order)).isEqualTo(new Verdict.Deny(ground));
    }

    @ParameterizedTest
    @EnumSource(OrderKind.class)
    void no_kind_of_order_rests_on_a_voluntary_request_but_itself(OrderKind kind) {
        SampleOrder order = SampleOrder.identity().on("NL-VOL").kind(kind).categories(Category.EXISTENCE);

        assertThat(verdict(order) instanceof Verdict.Allow)
                .isEqualTo(kind == OrderKind.VOLUNTARY_REQUEST || kind.restsOnNothing());
    }

    @ParameterizedTest
    @EnumSource(value = Category.class, names = "EXISTENCE", mode = EnumSource.Mode.EXCLUDE)
    void a_voluntary_request_reaches_nothing_personal(Category category) {
        SampleOrder order = SampleOrder.identity()
                .on("NL-VOL")
                .kind(OrderKind.VOLUNTARY_REQUEST)
                .categories(category);

        assertThat(verdict(order)).isEqualTo(new Verdict.Deny(Refusal.PERSONAL_ON_VOLUNTARY_REQUEST));
    }

    @Test
    void an_emergency_does_not_replace_the_judge() {
        OrderDocument emergency = Stream.of(SampleOrder.snapshot().document())
                .map(order -> new OrderDocument(
                        order.v(),
                        order.type(),
                        order.id(),
                        order.kind(),
                        order.addressee(),
                        order.legalBasis(),
                        order.issuer(),
                        Optional.empty(),
                        order.caseRef(),
                        order.target(),
                        order.scope(),
                        Urgency.EMERGENCY,
                        order.deadline(),
                        order.secrecy(),
                        order.deliverTo(),
                        order.parentOrder(),
                        order.documents(),
                        order.salt()))
                .findFirst()
                .orElseThrow();

        assertThat(OrderCheck.judge(emergency, MATRIX, facts(JUDGE)).overall())
                .isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_NOT_NAMED));
    }

    @Test
    void a_judge_who_is_named_and_not_submitted_is_a_refusal_and_one_not_proven_is_not_yet() {
        assertThat(verdict(SampleOrder.snapshot(), new Validation.Absent()))
                .isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_ABSENT));
        assertThat(verdict(SampleOrder.snapshot(), new Validation.Unproven()))
                .isEqualTo(new Verdict.Needs("validator"));
    }

    @Test
    void a_judge_who_need_not_be_named_and_is_has_to_be_proven_all_the_same() {
        SampleOrder named = SampleOrder.identity().validator(named("rechtbank-voorbeeld", "JUDGE"));

        assertThat(verdict(named, new Validation.Absent())).isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_ABSENT));
        assertThat(verdict(named, new Validation.Unproven())).isEqualTo(new Verdict.Needs("validator"));
        assertThat(verdict(named, JUDGE)).isEqualTo(new Verdict.Allow());
    }

    @Test
    void secrecy_ends_within_five_years() {
        Instant last = NOW.plus(OrderCheck.CLOCK_SKEW).plus(OrderCheck.LONGEST_SECRECY);

        assertThat(secretUntil(last)).isEqualTo(new Verdict.Allow());
        assertThat(secretUntil(last.plusMillis(1))).isEqualTo(new Verdict.Deny(Refusal.SECRECY_TOO_LONG));
        assertThat(secretUntil(Instant.parse("9999-12-31T23:59:59Z")))
                .isEqualTo(new Verdict.Deny(Refusal.SECRECY_TOO_LONG));
    }

    private static Verdict secretUntil(Instant until) {
        OrderDocument open = SampleOrder.identity().document();
        OrderDocument secret = new OrderDocument(
                open.v(),
                open.type(),
                open.id(),
                open.kind(),
                open.addressee(),
                open.legalBasis(),
                open.issuer(),
                open.validator(),
                open.caseRef(),
                open.target(),
                open.scope(),
                open.urgency(),
                open.deadline(),
                new Secrecy("SECRET", Optional.of(until), false),
                open.deliverTo(),
                open.parentOrder(),
                open.documents(),
                open.salt());
        return OrderCheck.judge(secret, MATRIX, facts(new Validation.Absent())).overall();
    }

    @Test
    void only_a_judge_of_another_party_validates() {
        assertThat(verdict(SampleOrder.snapshot(), new Validation.Proven("rechtbank-voorbeeld", "r-1", "PROSECUTOR")))
                .isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_ROLE));
        SampleOrder own = SampleOrder.snapshot().validator(named("politie-voorbeeld", "JUDGE"));
        for (Validation validation : List.of(
                new Validation.Unproven(),
                new Validation.Proven("politie-voorbeeld", "p-1", "JUDGE"),
                new Validation.Proven("politie-voorbeeld", "r-1", "JUDGE"),
                JUDGE)) {
            assertThat(verdict(own, validation)).isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_OF_ISSUERS_PARTY));
        }
        assertThat(verdict(SampleOrder.snapshot(), new Validation.Proven("politie-voorbeeld", "r-1", "JUDGE")))
                .isEqualTo(new Verdict.Deny(Refusal.VALIDATOR_DIFFERS));
    }

    @Test
    void a_signing_time_outside_its_bounds_is_refused_and_on_them_is_not() {
        assertThat(signedAt(NOW.plus(OrderCheck.CLOCK_SKEW))).isEqualTo(new Verdict.Allow());
        assertThat(signedAt(NOW.plus(OrderCheck.CLOCK_SKEW).plusMillis(1)))
                .isEqualTo(new Verdict.Deny(Refusal.SIGNED_IN_FUTURE));
        assertThat(signedAt(NOW.minus(OrderCheck.MAX_AGE))).isEqualTo(new Verdict.Allow());
        assertThat(signedAt(NOW.minus(OrderCheck.MAX_AGE).minusMillis(1)))
                .isEqualTo(new Verdict.Deny(Refusal.SIGNED_TOO_LONG_AGO));
    }

    @Test
    void a_row_counts_from_its_first_instant_until_its_last() {
        MatrixRow row = MATRIX.row("NL-126na").orElseThrow();
        MatrixRow ended = new MatrixRow(
                row.id(),
                row.article(),
                row.english(),
                row.dutch(),
                NOW.minusSeconds(10),
                Optional.of(NOW),
                row.kinds(),
                row.issuerRoles(),
                row.validatorRole(),
                row.categories(),
                row.beyond(),
                row.targetFormats(),
                row.otherTarget(),
                row.memory(),
                row.discloses(),
                row.holdDays(),
                row.callBack(),
                row.validatorWhen(),
                row.extendDays(),
                row.confirmDays(),
                row.term(),
                row.refusedAs());

        assertThat(ended.inForce(NOW.minusSeconds(10))).isTrue();
        assertThat(ended.inForce(NOW.minusSeconds(10).minusMillis(1))).isFalse();
        assertThat(ended.inForce(NOW.minusMillis(1))).isTrue();
        assertThat(ended.inForce(NOW)).isFalse();
        Matrix matrix = new Matrix(1, Matrix.TYPE, "nl-eu", MATRIX.version(), List.of(ended));
        assertThat(OrderCheck.judge(SampleOrder.identity().document(), matrix, facts(JUDGE))
                        .overall())
                .isEqualTo(new Verdict.Deny(Refusal.BASIS_NOT_IN_FORCE));
    }

    @Test
    void a_validator_document_is_for_exactly_one_order() {
        OrderDocument order = SampleOrder.snapshot().document();

        assertThat(OrderCheck.validates(validation(ORDER, "RC-2026-17", "JUDGE", NOW), order, ORDER, NOW))
                .isEmpty();
        assertThat(OrderCheck.validates(
                        validation(Digest.sha256(new byte[] {2}), "RC-2026-17", "JUDGE", NOW), order, ORDER, NOW))
                .contains(Refusal.VALIDATOR_OTHER_ORDER);
        assertThat(OrderCheck.validates(validation(ORDER, "RC-2026-18", "JUDGE", NOW), order, ORDER, NOW))
                .contains(Refusal.VALIDATOR_DIFFERS);
        assertThat(OrderCheck.validates(validation(ORDER, "RC-2026-17", "CLERK", NOW), order, ORDER, NOW))
                .contains(Refusal.VALIDATOR_DIFFERS);
        assertThat(OrderCheck.validates(
                        validation(ORDER, "RC-2026-17", "JUDGE", NOW.plusSeconds(301)), order, ORDER, NOW))
                .contains(Refusal.VALIDATOR_DIFFERS);
    }

    @Test
    void no_row_can_be_written_that_gives_content_without_a_judge() {
        byte[] altered = new String(Matrix.packagedBytes(), StandardCharsets.UTF_8)
                .replace("\"validatorRole\": \"JUDGE\",", "")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Matrix.parse(altered)).hasMessage("no content without a judge");
    }

    @Test
    void the_judgement_says_its_row_version_and_verdicts() {
        Judgement judgement =
                OrderCheck.judge(SampleOrder.preservation().document(), MATRIX, facts(new Validation.Absent()));

        assertThat(judgement.row().orElseThrow().id()).isEqualTo("NL-126ni");
        assertThat(judgement.version()).isEqualTo(Matrix.newest());
        assertThat(judgement.text()).isEqualTo("SUBSCRIBER=ALLOW CONTENT=ALLOW");
    }

    @Test
    void the_matrix_reads_back_as_it_was_written() throws Exception {
        assertThat(Matrix.parse(Wire.write(MATRIX))).isEqualTo(MATRIX);
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_ground_has_a_sentence_in_both_languages(Refusal refusal) {
        assertThat(refusal.english()).endsWith(".");
        assertThat(refusal.dutch()).endsWith(".").isNotEqualTo(refusal.english());
    }

    private static Optional<ValidatorReference> named(String authority, String role) {
        return Optional.of(new ValidatorReference(authority, role, "RC-2026-17", NOW));
    }

    private static ValidatorDocument validation(Digest order, String reference, String role, Instant at) {
        return new ValidatorDocument(
                1, ValidatorDocument.TYPE, order, role, reference, at, Bytes.of(new byte[OrderDocument.SALT_BYTES]));
    }

    private static Verdict verdict(SampleOrder order) {
        return verdict(order, JUDGE);
    }

    private static Verdict verdict(SampleOrder order, Validation validation) {
        return OrderCheck.judge(order.document(), MATRIX, facts(validation)).overall();
    }

    private static Verdict signedAt(Instant at) {
        OrderCheck.Facts facts = new OrderCheck.Facts(Optional.of(HERE), JUDGE, at, NOW);
        return OrderCheck.judge(SampleOrder.identity().document(), MATRIX, facts)
                .overall();
    }

    private static OrderCheck.Facts facts(Validation validation) {
        return new OrderCheck.Facts(Optional.of(HERE), validation, NOW.minusSeconds(60), NOW);
    }
}
