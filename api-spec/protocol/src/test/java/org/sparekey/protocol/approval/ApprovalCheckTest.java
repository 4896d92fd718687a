// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;
import org.sparekey.protocol.order.Issuer;

class ApprovalCheckTest {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final Issuer ISSUER = new Issuer("politie-voorbeeld", "p-1", "PROSECUTOR", "NL");
    private static final Digest ONE = Digest.sha256(new byte[] {1});
    private static final Digest TWO = Digest.sha256(new byte[] {2});
    private static final LocatedAsset ASSET =
            new LocatedAsset("rack-1", "6f7c", "vm-1", "vps-1", "ten-1", Optional.of("node-1"));
    static final ApprovalBasis BASIS = new ApprovalBasis(
            ONE, TWO, "NL-126ng2", "2026-11", ASSET, List.of("disk-1", "disk-2"), ONE, List.of(ONE, TWO), false);

    private final Map<Digest, EnrolledSigner> register = new HashMap<>();
    private final SigningKey first = enrol("hoster", "officer-1", "OFFICER");
    private final SigningKey second = enrol("hoster", "officer-2", "OFFICER");

    @Test
    void two_officers_release_together_and_one_alone_does_not() {
        ApprovalVerdict.Valid one = valid(approve(first, "officer-1", Decision.RELEASE));
        ApprovalVerdict.Valid two = valid(approve(second, "officer-2", Decision.RELEASE));

        assertThat(new FourEyes(List.of(one)).mayCapture()).isFalse();
        assertThat(new FourEyes(List.of(one)).mayRelease()).isFalse();
        assertThat(new FourEyes(List.of(one, two)).mayCapture()).isTrue();
        assertThat(new FourEyes(List.of(one, two)).mayRelease()).isTrue();
    }

    @Test
    void one_officer_twice_counts_once_whatever_he_signs() {
        ApprovalVerdict.Valid secure = valid(approve(first, "officer-1", Decision.SECURE));
        ApprovalVerdict.Valid release = valid(approve(first, "officer-1", Decision.RELEASE));

        assertThat(new FourEyes(List.of(secure, release, release)).mayCapture()).isFalse();
        assertThat(new FourEyes(List.of(release)).repeats(release)).isTrue();
        assertThat(new FourEyes(List.of(secure)).repeats(release)).isFalse();
    }

    @Test
    void one_officer_with_two_keys_counts_once() {
        SigningKey other = enrol("hoster", "officer-1", "OFFICER");

        assertThat(new FourEyes(List.of(
                                valid(approve(first, "officer-1", Decision.RELEASE)),
                                valid(approve(other, "officer-1", Decision.RELEASE))))
                        .mayCapture())
                .isFalse();
    }

    @Test
    void securing_is_not_releasing() {
        FourEyes eyes = new FourEyes(List.of(
                valid(approve(first, "officer-1", Decision.SECURE)),
                valid(approve(second, "officer-2", Decision.RELEASE))));

        assertThat(eyes.mayCapture()).isTrue();
        assertThat(eyes.mayRelease()).isFalse();
    }

    @Test
    void one_refusal_outweighs_two_approvals() {
        FourEyes eyes = new FourEyes(List.of(
                valid(approve(first, "officer-1", Decision.RELEASE)),
                valid(approve(second, "officer-2", Decision.RELEASE)),
                valid(approve(second, "officer-2", Decision.REFUSE))));

        assertThat(eyes.refused()).isTrue();
        assertThat(eyes.mayCapture()).isFalse();
        assertThat(eyes.mayRelease()).isFalse();
    }

    @Test
    void an_outside_co_approver_counts_as_what_he_is_and_not_where_his_organisation_orders() {
        SigningKey outside = enrol("raadsman-voorbeeld", "c-1", "CO_APPROVER");
        SigningKey inside = enrol(ISSUER.authority(), "c-2", "CO_APPROVER");

        assertThat(valid(approve(outside, "c-1", Decision.RELEASE)).own()).isFalse();
        assertThat(valid(approve(first, "officer-1", Decision.RELEASE)).own()).isTrue();
        assertThat(check(approve(inside, "c-2", Decision.RELEASE))).isEqualTo(invalid(ApprovalFault.INTERESTED));
        assertThat(check(approve(outside, "officer-2", Decision.RELEASE)))
                .isEqualTo(invalid(ApprovalFault.OTHER_OFFICER));
    }

    static Stream<Arguments> otherFacts() {
        LocatedAsset neighbour = new LocatedAsset("rack-1", "6f7d", "vm-2", "vps-2", "ten-2", Optional.of("node-1"));
        LocatedAsset successor = new LocatedAsset("rack-1", "6f7c", "vm-1", "vps-1", "ten-9", Optional.of("node-1"));
        return Stream.of(
                Arguments.of(ApprovalFault.OTHER_ORDER, basis(TWO, TWO, "2026-11", ASSET, BASIS.diskIds(), ONE, false)),
                Arguments.of(ApprovalFault.OTHER_ENTRY, basis(ONE, ONE, "2026-11", ASSET, BASIS.diskIds(), ONE, false)),
                Arguments.of(ApprovalFault.OTHER_LAW, basis(ONE, TWO, "2026-12", ASSET, BASIS.diskIds(), ONE, false)),
                Arguments.of(
                        ApprovalFault.OTHER_TARGET, basis(ONE, TWO, "2026-11", neighbour, BASIS.diskIds(), ONE, false)),
                Arguments.of(
                        ApprovalFault.OTHER_TARGET, basis(ONE, TWO, "2026-11", successor, BASIS.diskIds(), ONE, false)),
                Arguments.of(
                        ApprovalFault.OTHER_DISKS,
                        basis(ONE, TWO, "2026-11", ASSET, List.of("disk-2", "disk-1"), ONE, false)),
                Arguments.of(
                        ApprovalFault.OTHER_CONFIGURATION,
                        basis(ONE, TWO, "2026-11", ASSET, BASIS.diskIds(), TWO, false)),
                Arguments.of(ApprovalFault.OTHER_MEMORY, basis(ONE, TWO, "2026-11", ASSET, BASIS.diskIds(), ONE, true)),
                Arguments.of(
                        ApprovalFault.OTHER_RECIPIENTS,
                        new ApprovalBasis(
                                ONE, TWO, "NL-126ng2", "2026-11", ASSET, BASIS.diskIds(), ONE, List.of(ONE), false)));
    }

    @ParameterizedTest
    @MethodSource("otherFacts")
    void an_approval_of_other_facts_does_not_count(ApprovalFault fault, ApprovalBasis now) {
        assertThat(check(approve(first, "officer-1", Decision.RELEASE), now, NOW))
                .isEqualTo(invalid(fault));
    }

    @Test
    void an_unenrolled_key_does_not_count_and_neither_does_a_prosecutor() {
        SigningKey prosecutor = enrol("politie-voorbeeld", "p-2", "PROSECUTOR");
        SigningKey issuer = enrol("politie-voorbeeld", "p-1", "OFFICER");

        assertThat(check(approve(TestKeys.p256(), "officer-1", Decision.RELEASE)))
                .isEqualTo(invalid(ApprovalFault.KEY_NOT_ENROLLED));
        assertThat(check(approve(prosecutor, "p-2", Decision.RELEASE)))
                .isEqualTo(invalid(ApprovalFault.NOT_AN_OFFICER));
        assertThat(check(approve(issuer, "p-1", Decision.RELEASE))).isEqualTo(invalid(ApprovalFault.OWN_ORDER));
    }

    @Test
    void an_officer_does_not_sign_for_another() {
        assertThat(check(approve(first, "officer-2", Decision.RELEASE)))
                .isEqualTo(invalid(ApprovalFault.OTHER_OFFICER));
    }

    @Test
    void a_forged_statement_under_a_genuine_proof_does_not_count() {
        Approval genuine = approve(first, "officer-1", Decision.SECURE);
        Approval forged = new Approval(
                Bytes.of(Wire.write(statement("officer-1", Decision.RELEASE, UnaryOperator.identity()))),
                genuine.proof());

        assertThat(check(forged)).isEqualTo(invalid(ApprovalFault.SIGNATURE_INVALID));
    }

    @Test
    void a_revoked_or_expired_key_does_not_count() {
        EnrolledSigner enrolled =
                Optional.ofNullable(register.get(first.keyId())).orElseThrow();
        register.put(
                first.keyId(),
                new EnrolledSigner(
                        "hoster",
                        "officer-1",
                        "OFFICER",
                        first.keyId(),
                        enrolled.from(),
                        enrolled.until(),
                        Optional.of(NOW)));

        assertThat(check(approve(first, "officer-1", Decision.RELEASE)))
                .isEqualTo(invalid(ApprovalFault.KEY_NOT_IN_FORCE));
        assertThat(check(approve(second, "officer-2", Decision.RELEASE), BASIS, enrolled.until()))
                .isEqualTo(invalid(ApprovalFault.KEY_NOT_IN_FORCE));
    }

    @Test
    void an_approval_counts_until_just_before_its_expiry() {
        Approval approval = approve(first, "officer-1", Decision.RELEASE);
        Instant expiry = NOW.plus(Duration.ofDays(1));

        assertThat(check(approval, BASIS, expiry.minusMillis(1))).isInstanceOf(ApprovalVerdict.Valid.class);
        assertThat(check(approval, BASIS, expiry)).isEqualTo(invalid(ApprovalFault.EXPIRED));
        assertThat(check(approval, BASIS, NOW.minus(ApprovalCheck.CLOCK_SKEW)))
                .isInstanceOf(ApprovalVerdict.Valid.class);
        assertThat(check(approval, BASIS, NOW.minus(ApprovalCheck.CLOCK_SKEW).minusMillis(1)))
                .isEqualTo(invalid(ApprovalFault.NOT_YET));
    }

    @Test
    void nobody_signs_a_yes_for_longer_than_a_week() {
        Approval kept = Approval.sign(
                statement(
                        "officer-1",
                        Decision.RELEASE,
                        expiry -> NOW.plus(Duration.ofDays(7)).plusMillis(1)),
                first);

        assertThat(check(kept)).isEqualTo(invalid(ApprovalFault.TOO_LONG));
    }

    /** The same facts, and a copy that a freezing made. */
    ApprovalBasis ofCopy() {
        return copied(ONE);
    }

    ApprovalBasis ofAnotherCopy() {
        return copied(TWO);
    }

    private static ApprovalBasis copied(Digest copy) {
        return new ApprovalBasis(
                BASIS.orderDigest(),
                BASIS.verifiedLeaf(),
                BASIS.matrixRow(),
                BASIS.matrixVersion(),
                BASIS.asset(),
                BASIS.diskIds(),
                BASIS.configurationHash(),
                BASIS.recipients(),
                BASIS.captureMemory(),
                Optional.of(copy));
    }

    Approval firstOfficers(ApprovalBasis basis, Decision decision) {
        return Approval.sign(statement(basis, "officer-1", decision, UnaryOperator.identity()), first);
    }

    Approval firstOfficers(Decision decision) {
        return approve(first, "officer-1", decision);
    }

    /** With what the check says to it now as the expectation. */
    ApprovalVectors.Vector vector(String name, Approval approval, ApprovalBasis basis, Instant at) {
        String expected = check(approval, basis, at).match(valid -> "GOOD", ApprovalFault::code);
        return new ApprovalVectors.Vector(name, approval, basis, List.copyOf(register.values()), at, expected);
    }

    @Test
    void an_outsiders_yes_is_over_after_a_day_and_an_officers_after_seven() {
        SigningKey counsel = enrol("raadsman-voorbeeld", "c-1", ApprovalCheck.CO_APPROVER);
        Instant day = NOW.plus(ApprovalCheck.MAX_VALIDITY_OUTSIDE);
        Instant week = NOW.plus(ApprovalCheck.MAX_VALIDITY);

        assertThat(check(Approval.sign(statement("c-1", Decision.RELEASE, expiry -> day), counsel)))
                .isInstanceOf(ApprovalVerdict.Valid.class);
        assertThat(check(Approval.sign(statement("c-1", Decision.RELEASE, expiry -> day.plusMillis(1)), counsel)))
                .isEqualTo(invalid(ApprovalFault.TOO_LONG));
        assertThat(check(Approval.sign(statement("officer-1", Decision.RELEASE, expiry -> week), first)))
                .isInstanceOf(ApprovalVerdict.Valid.class);
        assertThat(check(Approval.sign(statement("officer-1", Decision.RELEASE, expiry -> week.plusMillis(1)), first)))
                .isEqualTo(invalid(ApprovalFault.TOO_LONG));
    }

    private SigningKey enrol(String party, String person, String role) {
        SigningKey key = TestKeys.p256();
        register.put(
                key.keyId(),
                new EnrolledSigner(
                        party,
                        person,
                        role,
                        key.keyId(),
                        NOW.minus(Duration.ofDays(30)),
                        NOW.plus(Duration.ofDays(30)),
                        Optional.empty()));
        return key;
    }

    private static ApprovalBasis basis(
            Digest order,
            Digest leaf,
            String version,
            LocatedAsset asset,
            List<String> disks,
            Digest configuration,
            boolean memory) {
        return new ApprovalBasis(
                order, leaf, "NL-126ng2", version, asset, disks, configuration, BASIS.recipients(), memory);
    }

    private static Approval approve(SigningKey key, String officer, Decision decision) {
        return Approval.sign(statement(officer, decision, UnaryOperator.identity()), key);
    }

    static ApprovalStatement statement(String officer, Decision decision) {
        return statement(officer, decision, UnaryOperator.identity());
    }

    private static ApprovalStatement statement(String officer, Decision decision, UnaryOperator<Instant> expiry) {
        return statement(BASIS, officer, decision, expiry);
    }

    private static ApprovalStatement statement(
            ApprovalBasis basis, String officer, Decision decision, UnaryOperator<Instant> expiry) {
        return new ApprovalStatement(
                1,
                ApprovalStatement.TYPE,
                basis.orderDigest(),
                basis.verifiedLeaf(),
                basis.matrixRow(),
                basis.matrixVersion(),
                basis.asset(),
                basis.diskIds(),
                basis.configurationHash(),
                basis.recipients(),
                basis.captureMemory(),
                basis.copy(),
                decision,
                decision == Decision.REFUSE ? Optional.of(ONE) : Optional.empty(),
                officer,
                Bytes.of(new byte[ApprovalStatement.NONCE_BYTES]),
                NOW,
                expiry.apply(NOW.plus(Duration.ofDays(1))),
                Bytes.of(new byte[ApprovalStatement.SALT_BYTES]));
    }

    private ApprovalVerdict.Valid valid(Approval approval) {
        return (ApprovalVerdict.Valid) check(approval);
    }

    private static ApprovalVerdict invalid(ApprovalFault fault) {
        return new ApprovalVerdict.Invalid(fault);
    }

    private ApprovalVerdict check(Approval approval) {
        return check(approval, BASIS, NOW);
    }

    private ApprovalVerdict check(Approval approval, ApprovalBasis basis, Instant at) {
        return ApprovalCheck.check(approval, basis, ISSUER, id -> Optional.ofNullable(register.get(id)), at);
    }
}
