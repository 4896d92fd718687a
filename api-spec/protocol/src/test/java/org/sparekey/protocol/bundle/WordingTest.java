// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.order.Grade;

class WordingTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    @ParameterizedTest
    @EnumSource(Language.class)
    void everything_that_can_be_said_has_words(Language language) {
        Wording wording = Wording.in(language);
        List<String> said = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            said.addAll(List.of(wording.title(topic), wording.meaning(topic)));
        }
        for (Finding finding : Finding.values()) {
            said.add(wording.word("finding." + finding.code()));
        }
        for (Tick tick : Tick.values()) {
            said.add(wording.title(tick));
            Arrays.stream(Tick.Mark.values())
                    .map(mark -> wording.explain(tick, mark))
                    .forEach(said::add);
        }
        Arrays.stream(Tick.Mark.values()).map(wording::mark).forEach(said::add);
        Arrays.stream(Check.Status.values()).map(wording::status).forEach(said::add);
        Arrays.stream(Verdict.values()).map(wording::verdict).forEach(said::add);
        assertThat(said).noneMatch(String::isBlank);
    }

    @Test
    void both_languages_have_the_same_keys_and_the_same_places() {
        Wording english = Wording.in(Language.EN);
        Wording dutch = Wording.in(Language.NL);
        assertThat(dutch.keys()).isEqualTo(english.keys());
        for (String key : english.keys()) {
            assertThat(places(dutch.word(key))).as(key).isEqualTo(places(english.word(key)));
        }
    }

    @Test
    void no_words_are_kept_for_what_nobody_says() {
        Set<String> known = new TreeSet<>();
        Arrays.stream(Topic.values())
                .forEach(topic -> known.addAll(List.of("topic." + topic.code(), "topic." + topic.code() + ".meaning")));
        Arrays.stream(Finding.values()).forEach(finding -> known.add("finding." + finding.code()));
        for (Tick tick : Tick.values()) {
            known.add("tick." + tick.code());
            Arrays.stream(Tick.Mark.values()).forEach(mark -> known.add("tick." + tick.code() + "." + mark.code()));
        }
        Arrays.stream(Tick.Mark.values()).forEach(mark -> known.add("mark." + mark.code()));
        Arrays.stream(Check.Status.values())
                .forEach(status -> known.add("status." + status.name().toLowerCase(Locale.ROOT)));
        Arrays.stream(Verdict.values()).forEach(verdict -> known.add("verdict." + verdict.code()));
        assertThat(Wording.in(Language.EN).keys())
                .filteredOn(key -> !key.startsWith("word.") && !key.startsWith("value."))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void dutch_and_english_are_not_the_same_words() {
        Wording english = Wording.in(Language.EN);
        Wording dutch = Wording.in(Language.NL);
        assertThat(english.keys())
                .filteredOn(key -> english.word(key).equals(dutch.word(key)))
                .containsExactlyInAnyOrder("finding.ground", "finding.stamp-invalid", "topic.manifest");
    }

    @Test
    void states_kinds_of_order_grades_and_reasons_have_plain_words() {
        Wording dutch = Wording.in(Language.NL);
        assertThat(dutch.value("closed")).isEqualTo("gesloten");
        assertThat(dutch.value("CONTENT=ALLOW")).isEqualTo("inhoud toegestaan");
        assertThat(dutch.value("P-1")).isEqualTo("P-1");
        assertThat(Arrays.stream(OutOfBandExecution.Reason.values()).map(Enum::name))
                .allMatch(code -> !dutch.value(code).equals(code));
        assertThat(Arrays.stream(Grade.values()).map(Enum::name))
                .allMatch(code -> !dutch.value(code).equals(code));
    }

    @Test
    void what_is_filled_in_is_not_read_as_a_place() {
        Sentence sentence = Sentence.of(Finding.APPROVAL_INVALID, "{1}$1", "x");
        assertThat(Wording.in(Language.EN).finding(sentence)).isEqualTo("the approval of {1}$1 does not count: x");
    }

    @Test
    void coded_grounds_are_said_in_the_language_of_the_reader() {
        Sentence sentence = Sentence.of(Finding.GROUND, org.sparekey.protocol.approval.ApprovalFault.OTHER_ORDER);
        assertThat(Wording.in(Language.NL).finding(sentence)).isEqualTo("De goedkeuring hoort bij een ander bevel.");
    }

    private static List<String> places(String words) {
        return PLACE.matcher(words)
                .results()
                .map(MatchResult::group)
                .sorted()
                .distinct()
                .toList();
    }
}
