// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.gateway.parties.EnrolmentDecisions.Entry;
import org.sparekey.gateway.parties.EnrolmentRow.Kind;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.party.AuthorityEntry;
import org.sparekey.protocol.party.EnrolmentClaim;
import org.sparekey.protocol.party.KeyUse;
import org.sparekey.protocol.party.Person;
import org.sparekey.protocol.party.PersonRole;
import org.sparekey.protocol.party.Scope;
import org.sparekey.protocol.party.TrustRoot;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.testkit.pki.Purpose;
import org.sparekey.testkit.pki.TestCa;
import org.sparekey.testkit.pki.Wanted;

/** Who may become what: both sides of every limit. */
class EnrolmentDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Digest CODE = Digest.sha256(new byte[] {1});
    private static final Digest GUESS = Digest.sha256(new byte[] {2});

    private final TestCa ca = TestCa.root(
            "Voorbeeld", URI.create("http://127.0.0.1:1/none.crl"), InstantSource.fixed(NOW), new SecureRandom());

    @Test
    void the_right_code_is_taken_while_it_is_open_and_not_at_its_end() {
        EnrolmentRow invited = row(EnrolmentState.INVITED, 0);

        assertThat(claim(invited, CODE, false, NOW.minusMillis(1))).isEqualTo(Entry.TAKEN);
        assertThat(claim(invited, CODE, false, NOW)).isEqualTo(Entry.CLOSED);
        assertThat(claim(row(EnrolmentState.CLAIMED, 0), CODE, false, NOW.minusMillis(1)))
                .isEqualTo(Entry.CLOSED);
    }

    @Test
    void the_same_keys_again_are_the_same_claim_for_ever_and_a_guess_is_not() {
        EnrolmentRow claimed = row(EnrolmentState.CLAIMED, 0);

        assertThat(claim(claimed, CODE, true, NOW.plus(Duration.ofDays(9)))).isEqualTo(Entry.AGAIN);
        assertThat(claim(claimed, GUESS, true, NOW.minusMillis(1))).isEqualTo(Entry.CLOSED);
    }

    @Test
    void the_fifth_guess_burns_the_code() {
        for (int tries = 0; tries < EnrolmentDecisions.MAX_TRIES - 1; tries++) {
            assertThat(claim(row(EnrolmentState.INVITED, tries), GUESS, false, NOW.minusMillis(1)))
                    .isEqualTo(Entry.WRONG_CODE);
        }
        assertThat(claim(row(EnrolmentState.INVITED, 4), GUESS, false, NOW.minusMillis(1)))
                .isEqualTo(Entry.BURNS);
    }

    @ParameterizedTest
    @EnumSource
    void whoever_orders_approves_or_watches_is_invited_with_the_supervisor_and_a_day_to_object(Role role) {
        boolean reseller = role == Role.RESELLER;

        assertThat(EnrolmentDecisions.supervised(Kind.INVITATION, role)).isEqualTo(!reseller);
        assertThat(EnrolmentDecisions.supervised(Kind.ROTATION, role)).isFalse();
        assertThat(EnrolmentDecisions.objection(Kind.INVITATION, role))
                .isEqualTo(reseller ? Optional.empty() : Optional.of(Duration.ofHours(24)));
        assertThat(EnrolmentDecisions.objection(Kind.ROTATION, role)).isEmpty();
        assertThat(EnrolmentDecisions.signedByOfficers(Kind.INVITATION, role)).isTrue();
        assertThat(EnrolmentDecisions.signedByOfficers(Kind.ROTATION, role)).isEqualTo(!reseller);
    }

    @Test
    void nobody_gets_half_a_connection_and_only_a_judge_signs_without_one() {
        List<EnrolmentClaim.Key> all = keys(KeyUse.values());
        List<EnrolmentClaim.Key> document = keys(KeyUse.DOCUMENT);

        assertThat(EnrolmentDecisions.complete(Kind.INVITATION, Role.OFFICER, all))
                .isTrue();
        assertThat(EnrolmentDecisions.complete(Kind.INVITATION, Role.OFFICER, document))
                .isFalse();
        assertThat(EnrolmentDecisions.complete(Kind.INVITATION, Role.JUDGE, document))
                .isTrue();
        assertThat(EnrolmentDecisions.complete(Kind.INVITATION, Role.JUDGE, keys(KeyUse.MESSAGE)))
                .isFalse();
        assertThat(EnrolmentDecisions.complete(Kind.ROTATION, Role.OFFICER, keys(KeyUse.TLS)))
                .isTrue();
    }

    @Test
    void a_certificate_has_some_validity_left_or_enrols_nobody() {
        EnrolmentClaim.Key good = key(KeyUse.DOCUMENT, NOW.minusSeconds(60), NOW.plusSeconds(60));
        EnrolmentClaim.Key later = key(KeyUse.DOCUMENT, NOW.plusSeconds(60), NOW.plusSeconds(120));
        EnrolmentClaim.Key over = key(KeyUse.DOCUMENT, NOW.minusSeconds(60), NOW);
        EnrolmentClaim.Key never = key(KeyUse.DOCUMENT, NOW.plusSeconds(60), NOW.plusSeconds(60));

        assertThat(EnrolmentDecisions.valid(List.of(good, later), NOW)).isTrue();
        assertThat(EnrolmentDecisions.valid(List.of(good, over), NOW)).isFalse();
        assertThat(EnrolmentDecisions.valid(List.of(never), NOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_given_a_scope_of_somebody_elses(Role role) {
        List<Scope> scopes = EnrolmentDecisions.scopes(role);

        assertThat(scopes).isNotEmpty().doesNotHaveDuplicates();
        assertThat(scopes.contains(Scope.REGISTRATIONS)).isEqualTo(role == Role.RESELLER);
        assertThat(scopes.contains(Scope.WITHDRAWALS)).isEqualTo(role == Role.JUDGE);
        assertThat(scopes.contains(Scope.APPROVALS)).isEqualTo(role == Role.OFFICER);
        assertThat(scopes.contains(Scope.CO_APPROVALS)).isEqualTo(role == Role.CO_APPROVER);
        assertThat(scopes.contains(Scope.ORDERS)).isEqualTo(role == Role.INVESTIGATOR || role == Role.PROSECUTOR);
        assertThat(scopes.contains(Scope.EVIDENCE))
                .isEqualTo(List.of(Role.INVESTIGATOR, Role.PROSECUTOR, Role.OFFICER)
                        .contains(role));
        assertThat(scopes.contains(Scope.DELETIONS)).isEqualTo(role == Role.OPERATOR);
        assertThat(scopes.contains(Scope.LOG))
                .isEqualTo(
                        !List.of(Role.RESELLER, Role.CO_APPROVER, Role.OPERATOR).contains(role));
    }

    @Test
    void a_document_key_without_a_root_of_an_authority_signs_for_nobody_and_others_need_none() {
        List<EnrolmentClaim.Key> document = keys(KeyUse.DOCUMENT);
        for (Role role : List.of(Role.INVESTIGATOR, Role.PROSECUTOR, Role.JUDGE)) {
            assertThat(EnrolmentDecisions.chained(role, Optional.empty(), document))
                    .isFalse();
            assertThat(EnrolmentDecisions.chained(role, Optional.empty(), keys(KeyUse.TLS, KeyUse.MESSAGE)))
                    .isTrue();
        }
        for (Role role : List.of(Role.RESELLER, Role.OFFICER, Role.SUPERVISOR, Role.OPERATOR, Role.CO_APPROVER)) {
            assertThat(EnrolmentDecisions.chained(role, Optional.empty(), document))
                    .isTrue();
        }
        assertThat(EnrolmentDecisions.unchained().problem()).isEqualTo(Problem.DOCUMENT_REFUSED);
    }

    @Test
    void a_document_key_signs_for_whoever_has_its_root_and_for_nobody_elses_authority() {
        TestCa elsewhere = TestCa.root(
                "Elders", URI.create("http://127.0.0.1:1/other.crl"), InstantSource.fixed(NOW), new SecureRandom());
        List<EnrolmentClaim.Key> document = keys(KeyUse.DOCUMENT);
        EnrolmentClaim.Key foreign = new EnrolmentClaim.Key(
                KeyUse.DOCUMENT,
                encoded(elsewhere
                        .issue(Wanted.of(Purpose.DOCUMENT, "12345", NOW)
                                .valid(NOW.minusSeconds(60), NOW.plusSeconds(60)))
                        .certificate()));
        for (Role role : List.of(Role.INVESTIGATOR, Role.PROSECUTOR, Role.JUDGE)) {
            assertThat(EnrolmentDecisions.chained(role, Optional.of(authority(ca)), document))
                    .isTrue();
            assertThat(EnrolmentDecisions.chained(role, Optional.of(authority(elsewhere)), document))
                    .isFalse();
            assertThat(EnrolmentDecisions.chained(
                            role, Optional.of(authority(ca)), List.of(document.getFirst(), foreign)))
                    .isFalse();
            assertThat(EnrolmentDecisions.chained(
                            role, Optional.of(authority(elsewhere)), keys(KeyUse.TLS, KeyUse.MESSAGE)))
                    .as("only documents are judged by it")
                    .isTrue();
        }
    }

    private AuthorityEntry authority(TestCa root) {
        EnrolmentClaim.Key key = keys(KeyUse.DOCUMENT).getFirst();
        return new AuthorityEntry(
                "politie-voorbeeld",
                "Politie Voorbeeld",
                "NL",
                List.of("unit-1"),
                List.of(TrustRoot.of(root.certificate(), URI.create("http://127.0.0.1:1/none.crl"))),
                List.of(new Person(
                        "p-1",
                        PersonRole.PROSECUTOR,
                        "officier van justitie",
                        List.of(Scope.ORDERS),
                        List.of(EnrolmentClaim.enrolled(key, NOW)))),
                List.of(),
                encoded(root.certificate()),
                "+31 20 000 00 00");
    }

    @Test
    void without_a_key_that_vouches_the_scopes_are_the_role_s() {
        assertThat(EnrolmentDecisions.scopes(Role.OFFICER, Optional.empty()))
                .isNotEmpty()
                .isEqualTo(EnrolmentDecisions.scopes(Role.OFFICER));
    }

    private static Entry claim(EnrolmentRow row, Digest code, boolean sameKeys, Instant now) {
        return EnrolmentDecisions.claim(row, code, sameKeys, now);
    }

    private List<EnrolmentClaim.Key> keys(KeyUse... uses) {
        return Arrays.stream(uses)
                .map(use -> key(use, NOW.minusSeconds(60), NOW.plusSeconds(60)))
                .toList();
    }

    private EnrolmentClaim.Key key(KeyUse use, Instant from, Instant until) {
        return Stream.of(ca.issue(Wanted.of(Purpose.DOCUMENT, "12345", NOW).valid(from, until)))
                .map(key -> new EnrolmentClaim.Key(use, encoded(key.certificate())))
                .findFirst()
                .orElseThrow();
    }

    private static Bytes encoded(java.security.cert.X509Certificate certificate) {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static EnrolmentRow row(EnrolmentState state, int tries) {
        return new EnrolmentRow(
                "e-1",
                Kind.INVITATION,
                new PartyId("palmstrand"),
                "agent",
                Role.RESELLER,
                Optional.empty(),
                Optional.of(CODE),
                tries,
                state,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
