// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;
import org.sparekey.protocol.timestamp.cms.TimeStampQuery;

class CmsTimeStampsTest {

    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final byte[] WORDS = "what was said".getBytes(StandardCharsets.UTF_8);
    private static final Digest STAMPED = Digest.sha256(WORDS);

    private final SmallTsa tsa = new SmallTsa();
    private final CmsTimeStamps stamps = new CmsTimeStamps();

    @Test
    void a_stamp_says_when_and_by_whom() {
        TimeStampVerdict verdict = stamps.check(tsa.stamp(WORDS, AT), STAMPED, tsa.roots());

        assertThat(verdict)
                .isEqualTo(new TimeStampVerdict.Stamped(
                        new TimeStamp(AT, SmallTsa.SUBJECT, SmallReply.POLICY, BigInteger.ONE)));
    }

    @Test
    void a_stamp_still_holds_when_its_certificate_has_long_expired() {
        Instant then = Instant.parse("2016-06-01T12:00:00Z");
        SmallTsa old = new SmallTsa(then.minusSeconds(60));

        assertThat(code(stamps.check(old.stamp(WORDS, then), STAMPED, old.roots())))
                .isEqualTo("stamped");
        assertThat(verdict(tsa.reply(STAMPED, SmallTsa.UNTIL.minusSeconds(1)))).isEqualTo("stamped");
    }

    @Test
    void a_certificate_whose_key_was_given_up_stamped_nothing_ever() {
        Instant later = AT.plusSeconds(86_400);
        for (OptionalInt reason : List.of(
                OptionalInt.of(CRLReason.keyCompromise), OptionalInt.of(CRLReason.cACompromise), OptionalInt.empty())) {
            X509Certificate stamper = tsa.proper();
            assertThat(verdict(reply().certificate(stamper).revocation(tsa.revoked(stamper, later, reason))))
                    .as(reason.toString())
                    .isEqualTo("CERTIFICATE_REVOKED");
        }
    }

    @Test
    void a_certificate_that_was_only_replaced_stamped_what_it_stamped_before_and_nothing_after() {
        X509Certificate stamper = tsa.proper();
        OptionalInt replaced = OptionalInt.of(CRLReason.superseded);

        assertThat(verdict(reply().certificate(stamper).revocation(tsa.revoked(stamper, AT.plusSeconds(1), replaced))))
                .isEqualTo("stamped");
        assertThat(verdict(reply().certificate(stamper).revocation(tsa.revoked(stamper, AT.minusSeconds(1), replaced))))
                .isEqualTo("CERTIFICATE_REVOKED");
    }

    @Test
    void a_list_that_names_another_certificate_or_that_its_issuer_did_not_sign_says_nothing() {
        X509Certificate stamper = tsa.proper();
        OptionalInt givenUp = OptionalInt.of(CRLReason.keyCompromise);

        assertThat(verdict(reply().certificate(stamper).revocation(tsa.revoked(tsa.between(), AT, givenUp))))
                .isEqualTo("stamped");
        assertThat(verdict(reply().certificate(stamper).revocation(tsa.forged(stamper, AT, givenUp))))
                .isEqualTo("stamped");
    }

    @Test
    void a_stamp_over_other_bytes_is_refused() {
        byte[] reply = tsa.stamp("what was not said".getBytes(StandardCharsets.UTF_8), AT);

        assertThat(verdict(reply)).isEqualTo("WRONG_IMPRINT");
    }

    @Test
    void an_imprint_by_another_algorithm_is_refused() {
        assertThat(verdict(reply().imprintAlgorithm(NISTObjectIdentifiers.id_sha3_256)))
                .isEqualTo("WRONG_IMPRINT");
    }

    @Test
    void a_rejection_is_no_stamp() {
        assertThat(verdict(reply().status(PKIStatus.REJECTION))).isEqualTo("NOT_GRANTED");
        assertThat(verdict(reply().status(PKIStatus.WAITING))).isEqualTo("NOT_GRANTED");
        assertThat(verdict(reply().status(PKIStatus.GRANTED_WITH_MODS))).isEqualTo("stamped");
    }

    @Test
    void a_key_that_may_do_more_than_stamp_time_is_refused() {
        var both = new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_codeSigning});
        var code = new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning);
        var time = new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping);

        assertThat(verdict(reply().certificate(tsa.stamper(Optional.of(both), true))))
                .isEqualTo("WRONG_CERTIFICATE");
        assertThat(verdict(reply().certificate(tsa.stamper(Optional.of(code), true))))
                .isEqualTo("WRONG_CERTIFICATE");
        assertThat(verdict(reply().certificate(tsa.stamper(Optional.of(time), false))))
                .isEqualTo("WRONG_CERTIFICATE");
        assertThat(verdict(reply().certificate(tsa.stamper(Optional.empty(), false))))
                .isEqualTo("WRONG_CERTIFICATE");
    }

    @Test
    void a_token_that_does_not_name_its_certificate_by_sha_256_is_refused() {
        for (SmallReply.Naming naming :
                List.of(SmallReply.Naming.BY_SHA1_ONLY, SmallReply.Naming.ANOTHER, SmallReply.Naming.NOT_AT_ALL)) {
            assertThat(verdict(reply().naming(naming)))
                    .as(naming.name())
                    .isIn("WRONG_CERTIFICATE", "SIGNATURE_INVALID");
        }
    }

    @Test
    void a_token_without_its_certificate_is_refused() {
        assertThat(verdict(reply().withoutCertificate())).isEqualTo("WRONG_CERTIFICATE");
    }

    @Test
    void a_stamp_from_before_or_after_the_certificate_s_life_is_refused() {
        assertThat(verdict(tsa.reply(STAMPED, SmallTsa.UNTIL.plusSeconds(1)))).isEqualTo("CERTIFICATE_EXPIRED");
        assertThat(verdict(tsa.reply(STAMPED, SmallTsa.FROM.minusSeconds(1)))).isEqualTo("CERTIFICATE_EXPIRED");
    }

    @Test
    void an_authority_of_the_hoster_s_own_making_is_refused() {
        byte[] reply = new SmallTsa().stamp(WORDS, AT);

        assertThat(verdict(reply)).isEqualTo("PATH_INVALID");
    }

    @Test
    void without_any_trusted_root_nothing_is_believed() {
        assertThat(code(stamps.check(tsa.stamp(WORDS, AT), STAMPED, List.of()))).isEqualTo("PATH_INVALID");
    }

    @Test
    void an_answer_to_another_question_is_refused() {
        TimeStampQuery asked = new TimeStampQuery(STAMPED, BigInteger.valueOf(77), Optional.empty());

        assertThat(code(stamps.check(reply().nonce(BigInteger.valueOf(78)).bytes(), asked, tsa.roots())))
                .isEqualTo("WRONG_NONCE");
        assertThat(code(stamps.check(reply().nonce(BigInteger.valueOf(77)).bytes(), asked, tsa.roots())))
                .isEqualTo("stamped");
    }

    @Test
    void an_answer_with_our_nonce_over_other_bytes_is_refused() {
        TimeStampQuery asked = new TimeStampQuery(Digest.sha256(new byte[] {1}), BigInteger.ONE, Optional.empty());

        assertThat(code(stamps.check(reply().bytes(), asked, tsa.roots()))).isEqualTo("WRONG_IMPRINT");
    }

    @Test
    void an_answer_under_another_policy_than_asked_is_refused() {
        TimeStampQuery asked = new TimeStampQuery(STAMPED, BigInteger.ONE, Optional.of("1.3.6.1.4.1.32473.2"));
        TimeStampQuery same = new TimeStampQuery(STAMPED, BigInteger.ONE, Optional.of(SmallReply.POLICY));

        assertThat(code(stamps.check(reply().bytes(), asked, tsa.roots()))).isEqualTo("WRONG_POLICY");
        assertThat(code(stamps.check(reply().bytes(), same, tsa.roots()))).isEqualTo("stamped");
    }

    @Test
    void garbage_is_refused_with_a_code() {
        SplittableRandom random = new SplittableRandom(3161);
        for (int round = 0; round < 500; round++) {
            byte[] garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            assertThat(verdict(garbage)).isIn("UNREADABLE", "NOT_GRANTED");
        }
        assertThat(verdict(new byte[TimeStamps.MAX_BYTES + 1])).isEqualTo("UNREADABLE");
    }

    @Test
    void a_byte_behind_the_reply_is_refused() {
        byte[] reply = tsa.stamp(WORDS, AT);

        assertThat(verdict(Arrays.copyOf(reply, reply.length + 1))).isEqualTo("UNREADABLE");
    }

    @Test
    void a_flipped_bit_in_the_time_breaks_the_signature() {
        byte[] reply = tsa.stamp(WORDS, AT);
        byte[] time = "20260601120000Z".getBytes(StandardCharsets.US_ASCII);
        int at = indexOf(reply, time);
        reply[at + 13] ^= 1;

        assertThat(verdict(reply)).isEqualTo("SIGNATURE_INVALID");
    }

    private SmallReply reply() {
        return tsa.reply(STAMPED, AT);
    }

    private String verdict(SmallReply reply) {
        return verdict(reply.bytes());
    }

    private String verdict(byte[] reply) {
        return code(stamps.check(reply, STAMPED, tsa.roots()));
    }

    private static String code(TimeStampVerdict verdict) {
        return verdict.match(stamp -> "stamped", TimeStampFault::code);
    }

    private static int indexOf(byte[] in, byte[] part) {
        for (int at = 0; at <= in.length - part.length; at++) {
            if (Arrays.equals(in, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }
}
