// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.key.TestKeys;

/**
 * Every list of up to three approvals by two officers, one of them with two keys, and two outsiders, one of them numbered as
 * an officer is: counted by {@link FourEyes} and by a count that is written otherwise.
 */
class FourEyesTest {

    private static final SigningKey ANY = TestKeys.p256();

    private record Voice(String person, String key, boolean officer) {}

    private static final List<Voice> VOICES = List.of(
            new Voice("hoster/1", "a", true),
            new Voice("hoster/1", "b", true),
            new Voice("hoster/2", "c", true),
            new Voice("counsel/1", "d", false),
            new Voice("peer/2", "e", false));

    private record Said(Voice voice, Decision decision) {}

    private final Map<Said, ApprovalVerdict.Valid> made = new HashMap<>();

    @Test
    void every_list_of_three_is_counted_as_the_plain_count_says() {
        List<Said> all = new ArrayList<>();
        for (Voice voice : VOICES) {
            for (Decision decision : Decision.values()) {
                all.add(new Said(voice, decision));
            }
        }
        int lists = 0;
        for (List<Said> list : lists(all)) {
            FourEyes eyes = new FourEyes(list.stream().map(this::valid).collect(Collectors.toList()));
            boolean refused = list.stream().anyMatch(said -> said.decision() == Decision.REFUSE);
            Set<Voice> yes = voices(list, Set.of(Decision.SECURE, Decision.RELEASE));
            Set<Voice> release = voices(list, Set.of(Decision.RELEASE));
            boolean one = voices(list, Set.of(Decision.SECURE)).stream().anyMatch(Voice::officer);

            assertThat(eyes.refused()).as("%s", list).isEqualTo(refused);
            assertThat(eyes.mayCapture()).as("%s", list).isEqualTo(!refused && two(yes));
            assertThat(eyes.mayCapture(false)).as("%s", list).isEqualTo(!refused && two(yes));
            assertThat(eyes.mayCapture(true)).as("%s", list).isEqualTo(!refused && (two(yes) || one));
            assertThat(eyes.mayRelease()).as("%s", list).isEqualTo(!refused && two(release));
            assertThat(eyes.waitsForSecond())
                    .as("%s", list)
                    .isEqualTo(!refused && yes.stream().anyMatch(Voice::officer));
            for (Said next : all) {
                boolean repeated = list.stream()
                        .anyMatch(said -> said.decision() == next.decision()
                                && said.voice().person().equals(next.voice().person()));
                Set<Voice> before = next.decision() == Decision.RELEASE ? release : yes;
                boolean led =
                        before.stream().anyMatch(Voice::officer) && (next.decision() == Decision.RELEASE || !refused);

                assertThat(eyes.repeats(valid(next))).as("%s %s", list, next).isEqualTo(repeated);
                assertThat(eyes.outOfTurn(valid(next)))
                        .as("%s %s", list, next)
                        .isEqualTo(
                                next.voice().officer() || led
                                        ? Optional.empty()
                                        : Optional.of(ApprovalFault.OUTSIDE_FIRST));
            }
            lists++;
        }
        assertThat(lists).isEqualTo(1 + 15 + 15 * 15 + 15 * 15 * 15);
    }

    @Test
    void one_key_under_two_names_is_one() {
        Voice borrowed = new Voice("hoster/3", "a", true);

        FourEyes eyes = new FourEyes(
                List.of(valid(new Said(VOICES.get(0), Decision.RELEASE)), valid(new Said(borrowed, Decision.RELEASE))));

        assertThat(eyes.mayRelease()).isFalse();
    }

    /** One of the hoster's, and in all at least two different persons. */
    private static boolean two(Set<Voice> voices) {
        long persons = voices.stream().map(Voice::person).distinct().count();
        return persons >= 2 && voices.stream().anyMatch(Voice::officer);
    }

    private static Set<Voice> voices(List<Said> list, Set<Decision> decisions) {
        return list.stream()
                .filter(said -> decisions.contains(said.decision()))
                .map(Said::voice)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<List<Said>> lists(List<Said> all) {
        List<List<Said>> lists = new ArrayList<>(List.of(List.of()));
        List<List<Said>> last = List.of(List.of());
        for (int length = 1; length <= 3; length++) {
            List<List<Said>> longer = new ArrayList<>();
            for (List<Said> list : last) {
                for (Said said : all) {
                    List<Said> more = new ArrayList<>(list);
                    more.add(said);
                    longer.add(more);
                }
            }
            lists.addAll(longer);
            last = longer;
        }
        return lists;
    }

    private ApprovalVerdict.Valid valid(Said said) {
        return made.computeIfAbsent(said, FourEyesTest::make);
    }

    private static ApprovalVerdict.Valid make(Said said) {
        String[] person = said.voice().person().split("/");
        EnrolledSigner signer = new EnrolledSigner(
                person[0],
                person[1],
                said.voice().officer() ? ApprovalCheck.OFFICER : ApprovalCheck.CO_APPROVER,
                Digest.sha256(said.voice().key().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                ApprovalCheckTest.NOW.minusSeconds(60),
                ApprovalCheckTest.NOW.plusSeconds(60),
                Optional.empty());
        ApprovalStatement statement = ApprovalCheckTest.statement(person[1], said.decision());
        return new ApprovalVerdict.Valid(Approval.sign(statement, ANY), statement, signer);
    }
}
