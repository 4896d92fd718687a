// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/** Who fills an officer's seat: every way in which a delegation does not stand is refused with its code. */
class DelegationTest {

    private static final String HERE = "https://api.hoster.example:8443";
    private static final Instant NOW = ApprovalCheckTest.NOW;
    private static final Instant FROM = NOW.minus(Duration.ofDays(1));
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(1));

    private final Map<Digest, EnrolledSigner> register = new HashMap<>();
    private final Map<Digest, KnownDelegations.Held> known = new HashMap<>();
    private final SigningKey officer = enrol("hoster", "officer-1", ApprovalCheck.OFFICER);
    private final SigningKey counsel = enrol("raadsman-voorbeeld", "c-1", ApprovalCheck.CO_APPROVER);

    @Test
    void a_delegate_speaks_in_the_officers_seat_and_as_himself() {
        ApprovalVerdict verdict = said(counsel, "c-1", Decision.RELEASE, given(officer, said -> said));

        assertThat(verdict).isInstanceOfSatisfying(ApprovalVerdict.Valid.class, valid -> {
            assertThat(valid.officer().person()).isEqualTo("c-1");
            assertThat(valid.own()).isFalse();
            assertThat(valid.seat().person()).isEqualTo("officer-1");
            assertThat(valid.by().orElseThrow().said().delegate()).isEqualTo("c-1");
        });
    }

    @Test
    void one_that_the_log_does_not_have_is_none() {
        Digest nowhere = Digest.sha256(new byte[] {7});

        assertThat(said(counsel, "c-1", Decision.RELEASE, nowhere)).isEqualTo(no(ApprovalFault.DELEGATION_UNKNOWN));
    }

    @Test
    void a_forged_one_counts_for_nothing() {
        SigningKey nobody = TestKeys.p256();
        Digest forged = given(nobody, said -> said);

        assertThat(said(counsel, "c-1", Decision.RELEASE, forged)).isEqualTo(no(ApprovalFault.DELEGATION_INVALID));
    }

    @Test
    void one_whose_signature_does_not_hold_counts_for_nothing() throws MalformedException {
        SignedDocument signed = signed(officer, delegation());
        String other = Bytes.of(Wire.write(with(said -> said, Decision.REFUSE))).base64url();
        String[] parts = signed.compact().split("\\.");
        SignedDocument altered = SignedDocument.parse(parts[0] + "." + other + "." + parts[2]);

        assertThat(said(counsel, "c-1", Decision.REFUSE, keep(altered, Optional.empty())))
                .isEqualTo(no(ApprovalFault.DELEGATION_INVALID));
    }

    @Test
    void another_document_of_the_officers_is_no_delegation() {
        SignedDocument other = SignedDocument.sign("order", Wire.write(delegation()), officer, NOW);

        assertThat(said(counsel, "c-1", Decision.RELEASE, keep(other, Optional.empty())))
                .isEqualTo(no(ApprovalFault.DELEGATION_INVALID));
    }

    @Test
    void nobody_passes_on_what_he_was_given() {
        Digest second = given(counsel, said -> new Word("c-1", "peer", "c-2", said.origin(), FROM, UNTIL));
        SigningKey peer = enrol("peer", "c-2", ApprovalCheck.CO_APPROVER);
        Digest inHisName = given(counsel, said -> new Word("officer-1", "peer", "c-2", said.origin(), FROM, UNTIL));

        assertThat(said(peer, "c-2", Decision.RELEASE, second)).isEqualTo(no(ApprovalFault.DELEGATION_NOT_HIS));
        assertThat(said(peer, "c-2", Decision.RELEASE, inHisName)).isEqualTo(no(ApprovalFault.DELEGATION_NOT_HIS));
    }

    @Test
    void an_officer_gives_his_own_seat_only_and_not_to_himself() {
        Digest anothers =
                given(officer, said -> new Word("officer-2", "raadsman-voorbeeld", "c-1", said.origin(), FROM, UNTIL));
        Digest himself = given(officer, said -> new Word("officer-1", "hoster", "officer-1", HERE, FROM, UNTIL));

        assertThat(said(counsel, "c-1", Decision.RELEASE, anothers)).isEqualTo(no(ApprovalFault.DELEGATION_NOT_HIS));
        assertThat(said(officer, "officer-1", Decision.RELEASE, himself))
                .isEqualTo(no(ApprovalFault.DELEGATION_NOT_HIS));
    }

    @Test
    void it_falls_with_the_officers_key() {
        Digest given = given(officer, said -> said);
        register.put(
                officer.keyId(), enrolled("hoster", "officer-1", ApprovalCheck.OFFICER, officer, Optional.of(NOW)));

        assertThat(said(counsel, "c-1", Decision.RELEASE, given)).isEqualTo(no(ApprovalFault.DELEGATOR_NOT_IN_FORCE));
    }

    @Test
    void one_for_another_gateway_counts_for_nothing_here() {
        Digest elsewhere = given(
                officer,
                said -> new Word(
                        "officer-1", "raadsman-voorbeeld", "c-1", "https://api.other.example:8443", FROM, UNTIL));

        assertThat(said(counsel, "c-1", Decision.RELEASE, elsewhere)).isEqualTo(no(ApprovalFault.DELEGATION_ELSEWHERE));
    }

    @Test
    void somebody_elses_is_not_his() {
        Digest colleague =
                given(officer, said -> new Word("officer-1", "raadsman-voorbeeld", "c-9", HERE, FROM, UNTIL));
        Digest namesake = given(officer, said -> new Word("officer-1", "peer", "c-1", HERE, FROM, UNTIL));

        assertThat(said(counsel, "c-1", Decision.RELEASE, colleague))
                .isEqualTo(no(ApprovalFault.DELEGATION_OTHER_DELEGATE));
        assertThat(said(counsel, "c-1", Decision.RELEASE, namesake))
                .isEqualTo(no(ApprovalFault.DELEGATION_OTHER_DELEGATE));
    }

    @Test
    void what_it_does_not_cover_he_does_not_say() {
        Digest given = given(officer, said -> said);

        assertThat(said(counsel, "c-1", Decision.REFUSE, given)).isEqualTo(no(ApprovalFault.DELEGATION_OTHER_DECISION));
    }

    @Test
    void it_counts_from_its_first_instant_and_until_its_last() {
        Instant later = NOW.plusMillis(1);
        Digest tomorrow =
                given(officer, said -> new Word("officer-1", "raadsman-voorbeeld", "c-1", HERE, later, UNTIL));
        Digest fromNow = given(officer, said -> new Word("officer-1", "raadsman-voorbeeld", "c-1", HERE, NOW, UNTIL));
        Digest over = given(officer, said -> new Word("officer-1", "raadsman-voorbeeld", "c-1", HERE, FROM, NOW));
        Digest almost = given(officer, said -> new Word("officer-1", "raadsman-voorbeeld", "c-1", HERE, FROM, later));

        assertThat(said(counsel, "c-1", Decision.RELEASE, tomorrow)).isEqualTo(no(ApprovalFault.DELEGATION_NOT_YET));
        assertThat(said(counsel, "c-1", Decision.RELEASE, fromNow)).isInstanceOf(ApprovalVerdict.Valid.class);
        assertThat(said(counsel, "c-1", Decision.RELEASE, over)).isEqualTo(no(ApprovalFault.DELEGATION_EXPIRED));
        assertThat(said(counsel, "c-1", Decision.RELEASE, almost)).isInstanceOf(ApprovalVerdict.Valid.class);
    }

    @Test
    void a_revoked_one_counts_for_nothing_from_that_instant_on() {
        Digest now = keep(signed(officer, delegation()), Optional.of(NOW));

        assertThat(said(counsel, "c-1", Decision.RELEASE, now)).isEqualTo(no(ApprovalFault.DELEGATION_REVOKED));

        Digest soon = keep(signed(officer, delegation()), Optional.of(NOW.plusMillis(1)));
        assertThat(said(counsel, "c-1", Decision.RELEASE, soon))
                .isInstanceOfSatisfying(ApprovalVerdict.Valid.class, valid -> {
                    ApprovalVerdict.Delegated by = valid.by().orElseThrow();
                    assertThat(by.stillMeant(NOW)).isTrue();
                    assertThat(by.stillMeant(NOW.plusMillis(1))).isFalse();
                });
    }

    @Test
    void a_delegation_is_for_a_holiday_and_for_something() {
        Bytes salt = Bytes.of(new byte[Delegation.SALT_BYTES]);
        Instant most = FROM.plus(Delegation.MAX_TERM);
        assertThat(new Delegation(1, "delegation", HERE, "a", "b", "c", FROM, most, List.of(Decision.REFUSE), salt))
                .isNotNull();
        assertThatThrownBy(() -> new Delegation(
                        1, "delegation", HERE, "a", "b", "c", FROM, most.plusMillis(1), List.of(Decision.REFUSE), salt))
                .hasMessageContaining("28 days");
        assertThatThrownBy(() -> new Delegation(
                        1, "delegation", HERE, "a", "b", "c", FROM, FROM, List.of(Decision.REFUSE), salt))
                .hasMessageContaining("28 days");
        assertThatThrownBy(() -> new Delegation(1, "delegation", HERE, "a", "b", "c", FROM, UNTIL, List.of(), salt))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Delegation(
                        1,
                        "delegation",
                        HERE,
                        "a",
                        "b",
                        "c",
                        FROM,
                        UNTIL,
                        List.of(Decision.REFUSE, Decision.REFUSE),
                        salt))
                .hasMessageContaining("once");
        assertThatThrownBy(() -> new Delegation(
                        2, "delegation", HERE, "a", "b", "c", FROM, UNTIL, List.of(Decision.REFUSE), salt))
                .hasMessageContaining("version 1");
        assertThatThrownBy(() -> new Delegation(
                        1,
                        "delegation",
                        HERE,
                        "a",
                        "b",
                        "c",
                        FROM,
                        UNTIL,
                        List.of(Decision.REFUSE),
                        Bytes.of(new byte[31])))
                .hasMessageContaining("32 bytes");
    }

    private record Word(String delegator, String party, String delegate, String origin, Instant from, Instant until) {}

    private static Delegation delegation() {
        return with(said -> said, Decision.SECURE, Decision.RELEASE);
    }

    private static Delegation with(UnaryOperator<Word> change, Decision... decisions) {
        Word word = change.apply(new Word("officer-1", "raadsman-voorbeeld", "c-1", HERE, FROM, UNTIL));
        return new Delegation(
                Delegation.VERSION,
                Delegation.TYPE,
                word.origin(),
                word.delegator(),
                word.party(),
                word.delegate(),
                word.from(),
                word.until(),
                List.of(decisions),
                Bytes.of(new byte[Delegation.SALT_BYTES]));
    }

    private Digest given(SigningKey key, UnaryOperator<Word> change) {
        return keep(signed(key, with(change, Decision.SECURE, Decision.RELEASE)), Optional.empty());
    }

    private static SignedDocument signed(SigningKey key, Delegation said) {
        return SignedDocument.sign(Delegation.TYPE, Wire.write(said), key, NOW);
    }

    private Digest keep(SignedDocument document, Optional<Instant> revokedAt) {
        known.put(document.digest(), new KnownDelegations.Held(document, revokedAt));
        return document.digest();
    }

    private ApprovalVerdict said(SigningKey key, String person, Decision decision, Digest delegation) {
        ApprovalStatement s = ApprovalCheckTest.statement(person, decision);
        ApprovalStatement named = new ApprovalStatement(
                s.v(),
                s.type(),
                s.orderDigest(),
                s.verifiedLeaf(),
                s.matrixRow(),
                s.matrixVersion(),
                s.asset(),
                s.diskIds(),
                s.configurationHash(),
                s.recipients(),
                s.captureMemory(),
                s.copy(),
                s.decision(),
                s.reason(),
                s.officer(),
                Optional.of(delegation),
                s.nonce(),
                s.time(),
                s.expiry(),
                s.salt());
        return ApprovalCheck.check(
                Approval.sign(named, key),
                ApprovalCheckTest.BASIS,
                ApprovalCheckTest.ISSUER,
                id -> Optional.ofNullable(register.get(id)),
                new KnownDelegations(HERE, digest -> Optional.ofNullable(known.get(digest))),
                NOW);
    }

    private static ApprovalVerdict no(ApprovalFault fault) {
        return new ApprovalVerdict.Invalid(fault);
    }

    private SigningKey enrol(String party, String person, String role) {
        SigningKey key = TestKeys.p256();
        register.put(key.keyId(), enrolled(party, person, role, key, Optional.empty()));
        return key;
    }

    private static EnrolledSigner enrolled(
            String party, String person, String role, SigningKey key, Optional<Instant> revokedAt) {
        return new EnrolledSigner(
                party,
                person,
                role,
                key.keyId(),
                NOW.minus(Duration.ofDays(30)),
                NOW.plus(Duration.ofDays(30)),
                revokedAt);
    }
}
