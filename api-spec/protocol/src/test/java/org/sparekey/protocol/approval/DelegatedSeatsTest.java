// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/**
 * Every list of up to three approvals by officers, their delegates (also each other's) and an outsider: nobody counts for two,
 * and no seat speaks twice. Counted by {@link FourEyes} and by a count that is written otherwise.
 */
class DelegatedSeatsTest {

    private static final SigningKey ANY = TestKeys.p256();
    private static final List<Decision> DECISIONS = List.of(Decision.SECURE, Decision.RELEASE);

    /** @param seat the officer in whose place; empty for himself */
    private record Voice(String person, String seat) {

        boolean officers() {
            return person.startsWith("hoster") || !seat.isEmpty();
        }

        Set<String> touches() {
            Set<String> touched = new HashSet<>(Set.of(person));
            touched.add(seat.isEmpty() ? person : seat);
            return touched;
        }
    }

    private static final List<Voice> VOICES = List.of(
            new Voice("hoster/1", ""),
            new Voice("hoster/2", ""),
            new Voice("counsel/1", "hoster/1"),
            new Voice("counsel/1", "hoster/2"),
            new Voice("counsel/2", "hoster/1"),
            new Voice("counsel/2", ""),
            new Voice("hoster/2", "hoster/1"),
            new Voice("hoster/1", "hoster/2"));

    private record Said(Voice voice, Decision decision) {}

    private final Map<Said, ApprovalVerdict.Valid> made = new HashMap<>();

    @Test
    void nobody_counts_for_two_and_no_seat_speaks_twice() {
        List<Said> all = new ArrayList<>();
        VOICES.forEach(voice -> DECISIONS.forEach(decision -> all.add(new Said(voice, decision))));
        int lists = 0;
        for (Said one : all) {
            for (Said two : all) {
                for (Said three : all) {
                    judged(List.of(one, two, three));
                    lists++;
                }
                judged(List.of(one, two));
            }
            judged(List.of(one));
        }
        assertThat(lists).isEqualTo(16 * 16 * 16);
    }

    private void judged(List<Said> list) {
        FourEyes eyes = eyes(list);
        List<Said> release = list.stream()
                .filter(said -> said.decision() == Decision.RELEASE)
                .toList();
        boolean alone = list.stream()
                .anyMatch(said -> said.decision() == Decision.SECURE
                        && said.voice().seat().isEmpty()
                        && said.voice().officers());
        assertThat(eyes.mayCapture()).as("%s", list).isEqualTo(two(list));
        assertThat(eyes.mayRelease()).as("%s", list).isEqualTo(two(release));
        assertThat(eyes.mayCapture(true)).as("%s", list).isEqualTo(two(list) || alone);
        assertThat(eyes.waitsForSecond())
                .as("%s", list)
                .isEqualTo(list.stream().anyMatch(said -> said.voice().officers()));
    }

    @Test
    void an_officer_and_his_own_delegate_are_one() {
        assertThat(eyes(List.of(release(0), release(2))).mayRelease()).isFalse();
        assertThat(eyes(List.of(release(0))).outOfTurn(valid(release(2)))).contains(ApprovalFault.SEAT_TAKEN);
        assertThat(eyes(List.of(release(2))).outOfTurn(valid(release(0))))
                .as("who comes back speaks for himself")
                .isEmpty();
        assertThat(eyes(List.of(release(1), release(2))).mayRelease()).isTrue();
    }

    @Test
    void two_delegates_of_one_officer_are_one() {
        assertThat(eyes(List.of(release(2), release(4))).mayRelease()).isFalse();
        assertThat(eyes(List.of(release(2))).outOfTurn(valid(release(4)))).contains(ApprovalFault.SEAT_TAKEN);
    }

    @Test
    void a_delegate_who_is_an_officer_himself_counts_once() {
        Said own = release(1);
        Said inTheOthersSeat = release(6);

        assertThat(eyes(List.of(own, inTheOthersSeat)).mayRelease()).isFalse();
        assertThat(eyes(List.of(own)).repeats(valid(inTheOthersSeat))).isTrue();
        assertThat(eyes(List.of(own)).outOfTurn(valid(inTheOthersSeat))).contains(ApprovalFault.SEAT_TAKEN);
    }

    @Test
    void who_speaks_from_anothers_seat_does_not_let_his_own_be_filled_too() {
        // Officer 2 in the seat of 1, and his own delegate in his: it would be one man's word twice.
        assertThat(eyes(List.of(release(6), release(3))).mayRelease()).isFalse();
        assertThat(eyes(List.of(release(6))).outOfTurn(valid(release(3)))).contains(ApprovalFault.SEAT_TAKEN);
        assertThat(eyes(List.of(release(6), release(7))).mayRelease())
                .as("each in the other's")
                .isFalse();
    }

    @Test
    void a_filled_seat_leads_an_outsider_as_the_officer_would() {
        assertThat(eyes(List.of()).outOfTurn(valid(release(5)))).contains(ApprovalFault.OUTSIDE_FIRST);
        assertThat(eyes(List.of(release(2))).outOfTurn(valid(release(5)))).isEmpty();
        assertThat(eyes(List.of(release(2), release(5))).mayRelease()).isTrue();
    }

    @Test
    void one_in_anothers_seat_never_secures_an_emergency_alone() {
        Said secure = new Said(VOICES.get(2), Decision.SECURE);

        assertThat(eyes(List.of(secure)).mayCapture(true)).isFalse();
    }

    private static Said release(int voice) {
        return new Said(VOICES.get(voice), Decision.RELEASE);
    }

    private static boolean two(List<Said> list) {
        for (int i = 0; i < list.size(); i++) {
            for (int j = 0; j < i; j++) {
                Voice one = list.get(i).voice();
                Voice other = list.get(j).voice();
                Set<String> touched = new HashSet<>(one.touches());
                touched.retainAll(other.touches());
                if (touched.isEmpty() && (one.officers() || other.officers())) {
                    return true;
                }
            }
        }
        return false;
    }

    private FourEyes eyes(List<Said> list) {
        return new FourEyes(list.stream().map(this::valid).toList());
    }

    private ApprovalVerdict.Valid valid(Said said) {
        return made.computeIfAbsent(said, DelegatedSeatsTest::make);
    }

    private static ApprovalVerdict.Valid make(Said said) {
        EnrolledSigner signer = signer(said.voice().person());
        ApprovalStatement statement = ApprovalCheckTest.statement(signer.person(), said.decision());
        Optional<ApprovalVerdict.Delegated> by = Optional.of(said.voice().seat())
                .filter(seat -> !seat.isEmpty())
                .map(seat -> new ApprovalVerdict.Delegated(signer(seat), word(signer(seat), signer), Optional.empty()));
        return new ApprovalVerdict.Valid(Approval.sign(statement, ANY), statement, signer, by);
    }

    private static Delegation word(EnrolledSigner officer, EnrolledSigner delegate) {
        return new Delegation(
                Delegation.VERSION,
                Delegation.TYPE,
                "https://api.hoster.example:8443",
                officer.person(),
                delegate.party(),
                delegate.person(),
                ApprovalCheckTest.NOW.minusSeconds(60),
                ApprovalCheckTest.NOW.plusSeconds(60),
                DECISIONS,
                Bytes.of(new byte[Delegation.SALT_BYTES]));
    }

    private static EnrolledSigner signer(String name) {
        String[] person = name.split("/");
        return new EnrolledSigner(
                person[0],
                person[1],
                person[0].equals("hoster") ? ApprovalCheck.OFFICER : ApprovalCheck.CO_APPROVER,
                Digest.sha256(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                ApprovalCheckTest.NOW.minusSeconds(60),
                ApprovalCheckTest.NOW.plusSeconds(60),
                Optional.empty());
    }
}
