// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;

/** The way from a signer to an enrolled root, over an authority of certificates between them, with its lists and answers. */
class SignerPathTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final byte[] PAYLOAD = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
    private static final CertificateStatus GOOD = CertificateStatus.GOOD;
    private static final CertificateStatus REVOKED =
            new RevokedStatus(Date.from(AT.minusSeconds(3600)), CRLReason.keyCompromise);

    private final SmallPki root = SmallPki.root("Politie Voorbeeld");
    private final SmallPki between = root.below("Politie Voorbeeld Uitgifte");
    private final SmallPki foreign = SmallPki.root("Elders");
    private final SigningKey key = between.issue("Aanklager Voorbeeld");

    @Test
    void a_signer_below_an_authority_below_an_enrolled_root_is_authentic() {
        assertThat(check(both())).isEqualTo(new DocumentVerdict.Authentic(enrolled(key)));
    }

    @Test
    void a_signer_right_below_the_root_is_authentic_whatever_else_is_enrolled() {
        SigningKey direct = root.issue("Rechter Voorbeeld");

        assertThat(check(direct, Optional.of(enrolled(direct)), both(), Set.of(), AT))
                .isEqualTo(new DocumentVerdict.Authentic(enrolled(direct)));
    }

    @Test
    void a_path_has_five_steps_at_most() {
        assertThat(below(4)).isInstanceOf(DocumentVerdict.Authentic.class);
        assertThat(below(5)).isEqualTo(refused(DocumentFault.PATH_INVALID));
    }

    private DocumentVerdict below(int authorities) {
        List<X509Certificate> enrolled = new ArrayList<>(List.of(root.certificate()));
        List<X509CRL> lists = new ArrayList<>(List.of(root.crl(AT)));
        SmallPki last = root;
        for (int i = 0; i < authorities; i++) {
            last = last.below("Uitgifte " + i);
            enrolled.add(last.certificate());
            lists.add(last.crl(AT));
        }
        SigningKey leaf = last.issue("Aanklager Voorbeeld");
        return check(leaf, Optional.of(enrolled(leaf)), trust(enrolled, lists), Set.of(), AT);
    }

    @Test
    void an_authority_that_is_not_enrolled_is_no_step_and_an_unenrolled_root_no_end() {
        assertThat(check(trust(List.of(root.certificate()), lists()))).isEqualTo(refused(DocumentFault.PATH_INVALID));
        assertThat(check(trust(List.of(between.certificate()), lists())))
                .isEqualTo(refused(DocumentFault.PATH_INVALID));
        assertThat(check(trust(List.of(), lists()))).isEqualTo(refused(DocumentFault.PATH_INVALID));
        assertThat(check(trust(List.of(foreign.certificate()), lists())))
                .isEqualTo(refused(DocumentFault.PATH_INVALID));
    }

    @Test
    void a_root_of_the_same_name_with_another_key_does_not_carry_the_path() {
        SmallPki sameName = SmallPki.root("Politie Voorbeeld");

        assertThat(check(trust(List.of(sameName.certificate(), between.certificate()), lists())))
                .isEqualTo(refused(DocumentFault.PATH_INVALID));
    }

    @Test
    void a_revoked_signer_and_a_revoked_authority_above_him_are_refused() {
        between.revoke(key.certificate());
        assertThat(check(both())).isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));

        SigningKey other = between.issue("Aanklager Anders");
        assertThat(check(other, Optional.of(enrolled(other)), both(), Set.of(), AT))
                .isInstanceOf(DocumentVerdict.Authentic.class);
        root.revoke(between.certificate());
        assertThat(check(other, Optional.of(enrolled(other)), both(), Set.of(), AT))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
    }

    @Test
    void a_missing_old_or_forged_list_of_either_issuer_decides_nothing() {
        DocumentVerdict unknown = new DocumentVerdict.RevocationUnknown();
        X509CRL roots = root.crl(AT);
        X509CRL betweens = between.crl(AT);

        assertThat(check(trust(enrolledAuthorities(), List.of(roots)))).isEqualTo(unknown);
        assertThat(check(trust(enrolledAuthorities(), List.of(betweens)))).isEqualTo(unknown);
        assertThat(check(trust(enrolledAuthorities(), List.of()))).isEqualTo(unknown);
        assertThat(check(trust(enrolledAuthorities(), List.of(roots, between.crl(AT.minus(Duration.ofDays(31)))))))
                .isEqualTo(unknown);
        assertThat(check(trust(
                        enrolledAuthorities(),
                        List.of(
                                roots,
                                foreign.below("Politie Voorbeeld Uitgifte").crl(AT)))))
                .isEqualTo(unknown);
    }

    @Test
    void revocation_of_the_signer_outweighs_a_list_that_is_missing_above_him() {
        between.revoke(key.certificate());

        assertThat(check(trust(enrolledAuthorities(), List.of(between.crl(AT)))))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
    }

    @Test
    void a_certificate_counts_between_its_dates_only() {
        assertThat(at(SmallPki.FROM.minusSeconds(1))).isEqualTo(refused(DocumentFault.CERTIFICATE_EXPIRED));
        assertThat(at(SmallPki.UNTIL.plusSeconds(1))).isEqualTo(refused(DocumentFault.CERTIFICATE_EXPIRED));
    }

    @Test
    void an_answer_that_says_revoked_is_believed_beside_a_clean_list() {
        assertThat(check(answered(between.answer(key.certificate(), REVOKED, AT))))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
        assertThat(check(answered(between.answer(key.certificate(), GOOD, AT))))
                .isEqualTo(new DocumentVerdict.Authentic(enrolled(key)));
    }

    @Test
    void a_list_that_says_revoked_is_believed_beside_a_good_answer() {
        between.revoke(key.certificate());

        assertThat(check(answered(between.answer(key.certificate(), GOOD, AT))))
                .isEqualTo(refused(DocumentFault.CERTIFICATE_REVOKED));
    }

    @Test
    void an_answer_that_does_not_hold_is_no_reason_to_look_elsewhere() {
        DocumentVerdict unknown = new DocumentVerdict.RevocationUnknown();
        X509Certificate signer = key.certificate();

        assertThat(check(answered(between.answer(signer, new UnknownStatus(), AT))))
                .isEqualTo(unknown);
        assertThat(check(answered(between.answer(signer, GOOD, AT.minus(Duration.ofDays(3))))))
                .isEqualTo(unknown);
        assertThat(check(answered(foreign.answer(signer, between.certificate(), GOOD, AT))))
                .isEqualTo(unknown);
    }

    @Test
    void an_answer_about_another_certificate_says_nothing_about_this_one() {
        SigningKey other = between.issue("Aanklager Anders");
        DocumentVerdict authentic = new DocumentVerdict.Authentic(enrolled(key));

        assertThat(check(answered(between.answer(other.certificate(), REVOKED, AT))))
                .isEqualTo(authentic);
        assertThat(check(answered(foreign.answer(key.certificate(), REVOKED, AT))))
                .isEqualTo(authentic);
        assertThat(check(answered(new byte[] {1, 2, 3}))).isEqualTo(authentic);
    }

    @Test
    void what_an_answer_settles_is_said_of_its_own_certificate_in_time_and_by_its_issuer() {
        X509Certificate signer = key.certificate();
        X509Certificate issuer = between.certificate();
        byte[] good = between.answer(signer, GOOD, AT);

        assertThat(OcspAnswer.settles(good, signer, issuer, AT)).isTrue();
        assertThat(OcspAnswer.settles(between.answer(signer, REVOKED, AT), signer, issuer, AT))
                .isTrue();
        assertThat(OcspAnswer.settles(between.answer(signer, new UnknownStatus(), AT), signer, issuer, AT))
                .isFalse();
        assertThat(OcspAnswer.settles(good, signer, issuer, AT.plus(Duration.ofDays(3))))
                .isFalse();
        assertThat(OcspAnswer.settles(good, between.issue("Anders").certificate(), issuer, AT))
                .isFalse();
        assertThat(OcspAnswer.settles(foreign.answer(signer, issuer, GOOD, AT), signer, issuer, AT))
                .isFalse();
        assertThat(OcspAnswer.thisUpdate(good, signer, issuer)).contains(AT);
        assertThat(OcspAnswer.thisUpdate(good, signer, root.certificate())).isEmpty();
        assertThat(OcspAnswer.thisUpdate(new byte[0], signer, issuer)).isEmpty();
    }

    @Test
    void only_an_enrolled_key_signs_and_an_enrolment_is_of_one_key() {
        SigningKey other = between.issue("Aanklager Anders");

        assertThat(check(key, Optional.empty(), both(), Set.of(), AT))
                .isEqualTo(refused(DocumentFault.KEY_NOT_ENROLLED));
        assertThat(check(key, Optional.of(enrolled(other)), both(), Set.of(), AT))
                .isEqualTo(refused(DocumentFault.KEY_NOT_ENROLLED));
    }

    @Test
    void the_key_of_the_connection_signs_no_document_and_another_connection_does_not_matter() {
        assertThat(check(key, Optional.of(enrolled(key)), both(), Set.of(key.keyId()), AT))
                .isEqualTo(refused(DocumentFault.CHANNEL_KEY));
        assertThat(check(key, Optional.of(enrolled(key)), both(), Set.of(Digest.sha256(PAYLOAD)), AT))
                .isInstanceOf(DocumentVerdict.Authentic.class);
    }

    @Test
    void an_altered_payload_is_refused_before_anybody_asks_about_the_path() throws MalformedException {
        String compact = signed(key).compact();
        String altered = compact.replace(
                Bytes.of(PAYLOAD).base64url(),
                Bytes.of("{\"v\":2}".getBytes(StandardCharsets.UTF_8)).base64url());

        assertThat(altered).isNotEqualTo(compact);
        assertThat(DocumentCheck.check(SignedDocument.parse(altered), Optional.of(enrolled(key)), both(), Set.of(), AT))
                .isEqualTo(refused(DocumentFault.SIGNATURE_INVALID));
    }

    @Test
    void an_enrolment_counts_from_its_first_instant_until_its_last_or_its_revocation() {
        EnrolledSigner signer = enrolled(key);
        EnrolledSigner revoked = new EnrolledSigner(
                signer.party(),
                signer.person(),
                signer.role(),
                signer.keyId(),
                signer.from(),
                signer.until(),
                Optional.of(AT));

        assertThat(signer.inForce(signer.from())).isTrue();
        assertThat(signer.inForce(signer.from().minusNanos(1))).isFalse();
        assertThat(signer.inForce(signer.until().minusNanos(1))).isTrue();
        assertThat(signer.inForce(signer.until())).isFalse();
        assertThat(revoked.inForce(AT.minusNanos(1))).isTrue();
        assertThat(check(key, Optional.of(revoked), both(), Set.of(), AT))
                .isEqualTo(refused(DocumentFault.KEY_NOT_IN_FORCE));
    }

    @Test
    void a_person_is_a_number_within_one_party() {
        EnrolledSigner one = person("politie-voorbeeld", "p-1");

        assertThat(one.samePerson(person("politie-voorbeeld", "p-1"))).isTrue();
        assertThat(one.samePerson(person("politie-voorbeeld", "p-2"))).isFalse();
        assertThat(one.samePerson(person("om-voorbeeld", "p-1"))).isFalse();
    }

    @Test
    void a_certificate_leads_to_a_root_over_authorities_in_any_order_or_not_at_all() {
        SmallPki third = between.below("Derde");
        X509Certificate leaf = third.issue("Iemand").certificate();

        assertThat(Certificates.leads(leaf, List.of(third.certificate(), root.certificate(), between.certificate())))
                .isTrue();
        assertThat(Certificates.leads(leaf, List.of(third.certificate(), root.certificate())))
                .isFalse();
        assertThat(Certificates.leads(leaf, List.of(third.certificate(), between.certificate())))
                .isFalse();
        assertThat(Certificates.leads(leaf, List.of(foreign.certificate()))).isFalse();
        assertThat(Certificates.leads(key.certificate(), enrolledAuthorities())).isTrue();
        assertThat(Certificates.root(root.certificate())).isTrue();
        assertThat(Certificates.root(between.certificate())).isFalse();
        assertThat(Certificates.issued(SmallPki.root("Politie Voorbeeld").certificate(), between.certificate()))
                .isFalse();
    }

    @Test
    void every_verdict_is_told_apart_by_whoever_asks_all_three() {
        assertThat(said(check(both()))).isEqualTo("politie-voorbeeld");
        assertThat(said(refused(DocumentFault.CHANNEL_KEY))).isEqualTo("CHANNEL_KEY");
        assertThat(said(new DocumentVerdict.RevocationUnknown())).isEqualTo("unknown");
    }

    private static String said(DocumentVerdict verdict) {
        return verdict.match(EnrolledSigner::party, DocumentFault::code, () -> "unknown");
    }

    private List<X509Certificate> enrolledAuthorities() {
        return List.of(root.certificate(), between.certificate());
    }

    private List<X509CRL> lists() {
        return List.of(root.crl(AT), between.crl(AT));
    }

    private DocumentCheck.Trust both() {
        return trust(enrolledAuthorities(), lists());
    }

    private DocumentCheck.Trust answered(byte[] answer) {
        return new DocumentCheck.Trust(enrolledAuthorities(), lists(), List.of(answer));
    }

    private static DocumentCheck.Trust trust(List<X509Certificate> authorities, List<X509CRL> lists) {
        return new DocumentCheck.Trust(authorities, lists);
    }

    private DocumentVerdict check(DocumentCheck.Trust trust) {
        return check(key, Optional.of(enrolled(key)), trust, Set.of(), AT);
    }

    /** With lists of that time, so that only the dates of the certificates decide. */
    private DocumentVerdict at(Instant at) {
        return check(
                key,
                Optional.of(enrolled(key)),
                trust(enrolledAuthorities(), List.of(root.crl(at), between.crl(at))),
                Set.of(),
                at);
    }

    private static DocumentVerdict check(
            SigningKey signer,
            Optional<EnrolledSigner> enrolled,
            DocumentCheck.Trust trust,
            Set<Digest> channel,
            Instant at) {
        return DocumentCheck.check(signed(signer), enrolled, trust, channel, at);
    }

    private static SignedDocument signed(SigningKey signer) {
        return SignedDocument.sign("order", PAYLOAD, signer, AT);
    }

    private static EnrolledSigner enrolled(SigningKey key) {
        return new EnrolledSigner(
                "politie-voorbeeld",
                "p-1",
                "PROSECUTOR",
                key.keyId(),
                SmallPki.FROM.minus(Duration.ofDays(365)),
                SmallPki.UNTIL.plus(Duration.ofDays(365)),
                Optional.empty());
    }

    private EnrolledSigner person(String party, String person) {
        EnrolledSigner of = enrolled(key);
        return new EnrolledSigner(party, person, of.role(), of.keyId(), of.from(), of.until(), of.revokedAt());
    }

    private static DocumentVerdict refused(DocumentFault fault) {
        return new DocumentVerdict.Refused(fault);
    }
}
