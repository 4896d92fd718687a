// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.witness.Parties.ASSOCIATION;
import static org.sparekey.protocol.witness.Parties.HOSTER;
import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;

class WitnessPolicyTest {

    private static final Checkpoint SEEN = Parties.checkpoint(7, 0);

    private static final String LOG_LINE = "log " + LOG.key().vkey() + "\n";
    private static final String WITNESSES = "witness police " + POLICE.key().vkey() + "\n"
            + "witness association " + ASSOCIATION.key().vkey() + " https://resellers.example/witness\n"
            + "witness hoster " + HOSTER.key().vkey() + "\n";
    private static final String TWO_OF_THREE =
            LOG_LINE + WITNESSES + "group two 2 police association hoster\nquorum two\n";

    @Test
    void a_policy_is_written_back_as_it_was_read() throws MalformedException {
        for (String text : List.of(
                "quorum none\n",
                TWO_OF_THREE,
                LOG_LINE + WITNESSES + "quorum association\n",
                WITNESSES + "group a any police hoster\ngroup b all a association\nquorum b\n")) {
            assertThat(WitnessPolicy.parse(text).text()).isEqualTo(text);
        }
        assertThat(WitnessPolicy.parse("quorum none\n")).isEqualTo(WitnessPolicy.NONE);
        String free =
                "# ours\n\n \t" + WITNESSES.replace(" ", "\t ") + "  group g 1 police \n\t#\n\nquorum g\t\n" + LOG_LINE;
        WitnessPolicy read = WitnessPolicy.parse(free);
        assertThat(WitnessPolicy.parse(read.text())).isEqualTo(read);
        assertThat(read.text()).isEqualTo(LOG_LINE + WITNESSES + "group g all police\nquorum g\n");
        assertThat(read.witnesses().get(1).url()).contains("https://resellers.example/witness");
    }

    @Test
    void two_of_three_are_enough_and_one_is_not_and_each_is_seen_with_its_time() throws MalformedException {
        WitnessPolicy policy = WitnessPolicy.parse(TWO_OF_THREE);
        NoteSignature police = Parties.line(POLICE, SEEN, NOON);
        NoteSignature hoster = Parties.line(HOSTER, SEEN, NOON.plusSeconds(2));
        PolicyVerdict two = policy.judge(Parties.signed(SEEN, hoster, police));
        assertThat(two.holds()).isTrue();
        assertThat(two.log()).contains(LOG.key());
        assertThat(two.seen())
                .containsExactly(
                        new PolicyVerdict.Sighting("police", POLICE.key(), NOON),
                        new PolicyVerdict.Sighting("hoster", HOSTER.key(), NOON.plusSeconds(2)));
        PolicyVerdict one = policy.judge(Parties.signed(SEEN, police));
        assertThat(one.holds()).isFalse();
        assertThat(one.quorum()).isFalse();
        assertThat(one.seen()).hasSize(1);
    }

    @Test
    void one_witness_that_signs_twice_is_one_witness_seen_at_the_earlier_time() throws MalformedException {
        WitnessPolicy policy = WitnessPolicy.parse(TWO_OF_THREE);
        PolicyVerdict verdict = policy.judge(Parties.signed(
                SEEN, Parties.line(POLICE, SEEN, NOON.plusSeconds(60)), Parties.line(POLICE, SEEN, NOON)));
        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.seen()).containsExactly(new PolicyVerdict.Sighting("police", POLICE.key(), NOON));
    }

    @Test
    void cosignatures_of_a_checkpoint_that_the_log_did_not_sign_are_not_enough() throws MalformedException {
        NoteSignature[] all = {
            Parties.line(POLICE, SEEN, NOON), Parties.line(ASSOCIATION, SEEN, NOON), Parties.line(HOSTER, SEEN, NOON)
        };
        SignedNote without = new SignedNote(SEEN.text(), List.of(all));
        PolicyVerdict verdict = WitnessPolicy.parse(TWO_OF_THREE).judge(without);
        assertThat(verdict.quorum()).isTrue();
        assertThat(verdict.holds()).isFalse();
        assertThat(WitnessPolicy.parse(TWO_OF_THREE.replace(LOG_LINE, ""))
                        .judge(without)
                        .holds())
                .isTrue();
    }

    @Test
    void a_log_that_signs_under_the_origin_of_another_is_not_believed() throws MalformedException {
        NoteSigner registry = new NoteSigner("log.example/log/registry/2026", Parties.seed("registry"));
        WitnessPolicy policy =
                WitnessPolicy.parse(LOG_LINE + "log " + registry.key().vkey() + "\nquorum none\n");
        SignedNote crossed = new SignedNote(SEEN.text(), List.of(registry.sign(SEEN.text())));
        assertThat(policy.judge(crossed).holds()).isFalse();
        assertThat(policy.judge(Parties.signed(SEEN)).holds()).isTrue();
    }

    @Test
    void one_forged_line_of_a_known_key_spoils_the_note() throws MalformedException {
        WitnessPolicy policy = WitnessPolicy.parse(TWO_OF_THREE);
        NoteSignature police = Parties.line(POLICE, SEEN, NOON);
        NoteSignature association = Parties.line(ASSOCIATION, SEEN, NOON);
        Checkpoint other = Parties.checkpoint(8, 0);
        for (NoteSignature forged : List.of(
                NoteSignature.by(HOSTER.key().verifierKey(), new byte[72]),
                Parties.line(HOSTER, other, NOON),
                LOG.sign(other.text()))) {
            PolicyVerdict verdict = policy.judge(Parties.signed(SEEN, police, association, forged));
            assertThat(verdict).isEqualTo(new PolicyVerdict(Optional.empty(), List.of(), false, false));
        }
        NoteSignature postQuantum =
                NoteSignature.by(Parties.cosigner("w.example").key().verifierKey(), new byte[2428]);
        assertThat(policy.judge(Parties.signed(SEEN, postQuantum, police, association))
                        .holds())
                .isTrue();
    }

    @Test
    void groups_of_groups_count_as_the_specifications_example_does() throws MalformedException {
        Cosigner extra = Parties.cosigner("extra.example/w1");
        String text = WITNESSES + "witness extra " + extra.key().vkey() + "\n"
                + "group x 2 police association hoster\ngroup both all x extra\nquorum both\n";
        WitnessPolicy policy = WitnessPolicy.parse(text);
        NoteSignature police = Parties.line(POLICE, SEEN, NOON);
        NoteSignature hoster = Parties.line(HOSTER, SEEN, NOON);
        NoteSignature fourth = Parties.line(extra, SEEN, NOON);
        assertThat(policy.judge(Parties.signed(SEEN, police, hoster, fourth)).holds())
                .isTrue();
        assertThat(policy.judge(Parties.signed(SEEN, police, hoster)).holds()).isFalse();
        assertThat(policy.judge(Parties.signed(SEEN, police, fourth)).holds()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum none",
                "quorum none\nquorum none\n",
                "quorum nobody\n",
                "quorum\n",
                "quorum police\n%W",
                "%Wquorum two\ngroup two 2 police hoster\n",
                "%Wgroup g 0 police\nquorum g\n",
                "%Wgroup g 2 police\nquorum g\n",
                "%Wgroup g 01 police\nquorum g\n",
                "%Wgroup g most police\nquorum g\n",
                "%Wgroup g any\nquorum g\n",
                "%Wgroup g\nquorum g\n",
                "%Wgroup\nquorum police\n",
                "%Wquorum police hoster\n",
                "%L log\nquorum none\n",
                "witness police\nquorum police\n",
                "witness police %V https://w.example/ more\nquorum police\n",
                "%Wgroup g any none\nquorum g\n",
                "%Wgroup g any g\nquorum g\n",
                "%Wgroup g any h\ngroup h any police\nquorum g\n",
                "%Wgroup g any police police\nquorum g\n",
                "%Wgroup g any police\ngroup h any police\nquorum h\n",
                "%Wgroup police any hoster\nquorum police\n",
                "%Wgroup none any hoster\nquorum none\n",
                "%W%Wquorum police\n",
                "%L%Lquorum none\n",
                "%Lfollow me\nquorum none\n",
                "log\nquorum none\n",
                "%Wquorum police \u0007\n",
                "%Wquorum police\r\n",
                "%Wquorum\u00a0police\n",
                "witness renamed %V\nwitness police %V\nquorum police\n",
                "log %V\nquorum none\n",
                "%Lwitness itself %O\nquorum itself\n"
            })
    void a_policy_that_breaks_a_rule_is_refused(String text) {
        String ownWitness = new WitnessKey("self.example", LOG.key().publicKey()).vkey();
        String full = text.replace("%W", WITNESSES)
                .replace("%L", LOG_LINE)
                .replace("%V", POLICE.key().vkey())
                .replace("%O", ownWitness);
        assertThatThrownBy(() -> WitnessPolicy.parse(full)).isInstanceOf(MalformedException.class);
    }

    @Test
    void thirty_two_of_each_are_accepted_and_sixty_five_are_not() throws MalformedException {
        assertThat(WitnessPolicy.parse(many(32)).witnesses()).hasSize(32);
        assertThat(WitnessPolicy.parse(many(64)).groups()).hasSize(64);
        assertThatThrownBy(() -> WitnessPolicy.parse(many(65))).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\nquorum none", "\u007f"})
    void a_name_or_an_address_that_would_not_survive_being_written_is_refused(String item) {
        Optional<String> none = Optional.empty();
        assertThatThrownBy(() -> policy(new WitnessPolicy.Witness(item, POLICE.key(), none), none))
                .isInstanceOf(IllegalArgumentException.class);
        Optional<String> bad = Optional.of(item);
        assertThatThrownBy(() -> policy(new WitnessPolicy.Witness("w", POLICE.key(), bad), none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> policy(new WitnessPolicy.Witness("w", POLICE.key(), none), bad))
                .isInstanceOf(IllegalArgumentException.class);
        WitnessPolicy good = policy(new WitnessPolicy.Witness("w", POLICE.key(), Optional.of("!")), Optional.of("~"));
        assertThat(good.text()).contains(" !\n", " ~\n");
    }

    private static WitnessPolicy policy(WitnessPolicy.Witness witness, Optional<String> logUrl) {
        return new WitnessPolicy(
                List.of(new WitnessPolicy.Log(LOG.key(), logUrl)),
                List.of(witness),
                List.of(),
                WitnessPolicy.NO_QUORUM);
    }

    @Test
    void a_policy_of_64_kib_is_read_and_one_of_a_character_more_is_not() throws MalformedException {
        String end = "\nquorum none\n";
        String most = "#".repeat((64 << 10) - end.length()) + end;
        assertThat(WitnessPolicy.parse(most)).isEqualTo(WitnessPolicy.NONE);
        assertThatThrownBy(() -> WitnessPolicy.parse("#" + most)).isInstanceOf(MalformedException.class);
    }

    private static String many(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("witness w" + i + " "
                    + Parties.cosigner("w.example/" + i).key().vkey());
            lines.add("log "
                    + new NoteSigner("l.example/" + i, Parties.seed("l" + i))
                            .key()
                            .vkey());
            lines.add("group g" + i + " all w" + i);
        }
        return String.join("\n", lines) + "\nquorum g0\n";
    }
}
