// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.evidence.ExecutionDecisions.Decision;
import org.sparekey.gateway.evidence.ExecutionDecisions.Facts;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalStatement;
import org.sparekey.protocol.approval.KnownDelegations;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;

class ExecutionDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.000Z");
    private static final UUID GUEST = UUID.fromString("00000000-0000-4000-8000-000000000101");
    private static final Guest LIVE = guest("a.raw", 1 << 20);
    private static final LocatedAsset ASSET =
            new LocatedAsset("ams1", GUEST.toString(), "101", "vps-1", "ten-1", Optional.empty());

    private final SecureRandom random = new SecureRandom();
    private final TestCa ca =
            TestCa.root("Hoster Voorbeeld", URI.create("file:/none.crl"), InstantSource.fixed(NOW), random);
    private final SigningKey one = ca.issue(Purpose.DOCUMENT, "one");
    private final SigningKey two = ca.issue(Purpose.DOCUMENT, "two");
    private final ApprovalBasis basis = new ApprovalBasis(
            digest("order"),
            digest("verified"),
            "NL-126ng2",
            "2026-11",
            ASSET,
            List.of("a.raw"),
            LIVE.configurationHash(),
            List.of(digest("team"), digest("recovery")),
            false);

    @Test
    void what_two_officers_approved_is_captured() {
        assertThat(decide(LIVE)).isEqualTo(new Decision.Capture(LIVE, List.of("vda")));
    }

    @Test
    void a_guest_that_is_not_listed_any_more_returns_the_order() {
        assertThat(review(facts(Optional.empty(), basis.recipients()))).isEqualTo("GUEST_UNKNOWN");
    }

    @Test
    void a_disk_that_was_exchanged_returns_the_order() {
        assertThat(review(facts(Optional.of(guest("b.raw", 1 << 20)), basis.recipients())))
                .isEqualTo("OTHER_DISKS");
    }

    @Test
    void a_disk_that_grew_returns_the_order() {
        assertThat(review(facts(Optional.of(guest("a.raw", 2 << 20)), basis.recipients())))
                .isEqualTo("OTHER_CONFIGURATION");
    }

    @Test
    void a_recipient_exchanged_after_the_approval_returns_the_order() {
        assertThat(review(facts(Optional.of(LIVE), List.of(digest("stranger"), digest("recovery")))))
                .isEqualTo("OTHER_RECIPIENTS");
    }

    @Test
    void an_approval_that_expired_before_the_execution_returns_the_order() {
        Facts facts = facts(Optional.of(LIVE), basis.recipients());
        assertThat(ExecutionDecisions.decide(facts, NOW.plus(Duration.ofHours(2))))
                .isEqualTo(new Decision.Review("EXPIRED"));
    }

    @Test
    void one_officer_alone_and_one_officer_twice_capture_nothing() {
        Facts facts = facts(Optional.of(LIVE), basis.recipients());
        Facts alone = with(facts, List.of(facts.approvals().get(0)));
        Facts twice = with(facts, List.of(facts.approvals().get(0), approval(one, "O-1")));
        assertThat(review(alone)).isEqualTo("FOUR_EYES");
        assertThat(review(twice)).isEqualTo("FOUR_EYES");
    }

    private Decision decide(Guest guest) {
        return ExecutionDecisions.decide(facts(Optional.of(guest), basis.recipients()), NOW);
    }

    private static String review(Facts facts) {
        return ((Decision.Review) ExecutionDecisions.decide(facts, NOW)).reason();
    }

    private Facts facts(Optional<Guest> guest, List<Digest> recipients) {
        return new Facts(
                basis,
                new Issuer("politie-voorbeeld", "P-1", "PROSECUTOR", "NL"),
                List.of(approval(one, "O-1"), approval(two, "O-2")),
                guest,
                recipients,
                this::enrolled,
                KnownDelegations.NONE,
                false);
    }

    private static Facts with(Facts facts, List<Approval> approvals) {
        return new Facts(
                facts.basis(),
                facts.issuer(),
                approvals,
                facts.guest(),
                facts.recipients(),
                facts.enrolled(),
                KnownDelegations.NONE,
                false);
    }

    private Approval approval(SigningKey key, String officer) {
        byte[] salt = new byte[ApprovalStatement.SALT_BYTES];
        random.nextBytes(salt);
        return Approval.sign(
                new ApprovalStatement(
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
                        org.sparekey.protocol.approval.Decision.RELEASE,
                        Optional.empty(),
                        officer,
                        Bytes.of(new byte[ApprovalStatement.NONCE_BYTES]),
                        NOW,
                        NOW.plus(Duration.ofHours(1)),
                        Bytes.of(salt)),
                key);
    }

    private Optional<EnrolledSigner> enrolled(Digest keyId) {
        String person = keyId.equals(one.keyId()) ? "O-1" : "O-2";
        return Optional.of(new EnrolledSigner(
                "hoster",
                person,
                "OFFICER",
                keyId,
                NOW.minus(Duration.ofDays(1)),
                NOW.plus(Duration.ofDays(1)),
                Optional.empty()));
    }

    private static Guest guest(String file, long size) {
        return new Guest(
                "image-file",
                "ams1",
                "shop",
                GUEST,
                "101",
                Guest.State.OFF,
                List.of(new Guest.Disk("vda", "raw", file, size)),
                List.of(),
                List.of());
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.US_ASCII));
    }
}
