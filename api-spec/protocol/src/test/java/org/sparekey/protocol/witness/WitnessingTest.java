// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;

class WitnessingTest {

    private final Witnessing witnessing = new Witnessing(POLICE);

    @Test
    void the_first_checkpoint_is_cosigned_and_kept_whole() {
        SignedNote kept = cosigned(Optional.empty(), Parties.grow(0, 5), NOON);
        assertThat(kept.text()).isEqualTo(Parties.checkpoint(5, 0).text());
        assertThat(kept.signers(List.of(LOG.key()))).containsExactly(LOG.key());
        assertThat(kept.signatures()).contains(Parties.line(POLICE, Parties.checkpoint(5, 0), NOON));
    }

    @Test
    void a_log_that_grows_is_cosigned_from_every_size_to_every_size() {
        for (int from = 0; from <= 17; from++) {
            Optional<SignedNote> seen =
                    from == 0 ? Optional.empty() : Optional.of(cosigned(Optional.empty(), Parties.grow(0, from), NOON));
            for (int to = Math.max(1, from); to <= 17; to++) {
                assertThat(cosigned(seen, Parties.grow(from, to), NOON).text())
                        .isEqualTo(Parties.checkpoint(to, 0).text());
            }
        }
    }

    @Test
    void the_same_checkpoint_is_cosigned_again_with_a_later_time() {
        SignedNote first = cosigned(Optional.empty(), Parties.grow(0, 5), NOON);
        SignedNote again = cosigned(Optional.of(first), Parties.grow(5, 5), NOON.plusSeconds(60));
        assertThat(again.signatures())
                .contains(Parties.line(POLICE, Parties.checkpoint(5, 0), NOON.plusSeconds(60)))
                .hasSize(2);
    }

    @Test
    void a_clock_set_back_does_not_make_a_later_tree_older() {
        SignedNote first = cosigned(Optional.empty(), Parties.grow(0, 5), NOON);
        SignedNote next = cosigned(Optional.of(first), Parties.grow(5, 9), NOON.minusSeconds(3600));
        assertThat(next.signatures()).contains(Parties.line(POLICE, Parties.checkpoint(9, 0), NOON));
    }

    @Test
    void an_unknown_log_is_404_even_when_it_signs_well() {
        assertThat(decide(Optional.empty(), Parties.grow(0, 5), List.of()).status())
                .isEqualTo(404);
        NoteSigner other = new NoteSigner("log.example/log/registry/2026", Parties.seed(Parties.ORIGIN));
        assertThat(witnessing
                        .decide(Optional.empty(), Parties.grow(0, 5), List.of(other.key()), NOON)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_checkpoint_that_the_log_did_not_sign_is_403() {
        Checkpoint checkpoint = Parties.checkpoint(5, 0);
        NoteSignature stranger = Parties.line(Parties.HOSTER, checkpoint, NOON);
        NoteSignature ofAnother = LOG.sign(Parties.checkpoint(6, 0).text());
        for (List<NoteSignature> lines : List.of(
                List.of(stranger),
                List.of(ofAnother),
                List.of(LOG.sign(checkpoint.text()), ofAnother),
                List.of(Parties.line(POLICE, checkpoint, NOON)))) {
            AddCheckpoint request = new AddCheckpoint(0, List.of(), new SignedNote(checkpoint.text(), lines));
            assertThat(decide(Optional.empty(), request).status()).isEqualTo(403);
        }
    }

    @Test
    void another_size_than_the_one_seen_is_409_and_tells_it() {
        Optional<SignedNote> five = Optional.of(cosigned(Optional.empty(), Parties.grow(0, 5), NOON));
        for (AddCheckpoint request : List.of(Parties.grow(0, 9), Parties.grow(4, 9), Parties.grow(6, 9))) {
            WitnessAnswer answer = decide(five, request);
            assertThat(answer).isEqualTo(new WitnessAnswer.Conflict(5));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.mediaType()).isEqualTo("text/x.tlog.size");
            assertThat(answer.body()).isEqualTo("5\n");
        }
        assertThat(decide(Optional.empty(), Parties.grow(5, 9))).isEqualTo(new WitnessAnswer.Conflict(0));
    }

    @Test
    void two_roots_for_one_size_are_409_and_the_second_is_never_cosigned() {
        Optional<SignedNote> five = Optional.of(cosigned(Optional.empty(), Parties.grow(0, 5), NOON));
        AddCheckpoint fork = new AddCheckpoint(5, List.of(), Parties.signed(Parties.checkpoint(5, 1)));
        assertThat(decide(five, fork)).isEqualTo(new WitnessAnswer.Conflict(5));
    }

    @Test
    void a_forked_log_is_422_however_long_its_other_branch_is() {
        Optional<SignedNote> five = Optional.of(cosigned(Optional.empty(), Parties.grow(0, 5), NOON));
        List<Digest> others = ConsistencyProof.make(5, 9, Parties.nodes(1)).path();
        List<Digest> own = ConsistencyProof.make(5, 9, Parties.nodes(0)).path();
        SignedNote fork = Parties.signed(Parties.checkpoint(9, 1));
        List<Digest> longer = new ArrayList<>(own);
        longer.add(TreeHash.EMPTY_ROOT);
        for (AddCheckpoint request : List.of(
                new AddCheckpoint(5, others, fork),
                new AddCheckpoint(5, own, fork),
                new AddCheckpoint(5, List.of(), fork),
                new AddCheckpoint(5, longer, Parties.signed(Parties.checkpoint(9, 0))),
                new AddCheckpoint(5, own.subList(1, own.size()), Parties.signed(Parties.checkpoint(9, 0))))) {
            assertThat(decide(five, request).status()).isEqualTo(422);
        }
    }

    @Test
    void a_proof_from_nothing_must_be_empty_and_the_empty_tree_has_one_root() {
        AddCheckpoint proofFromNothing =
                new AddCheckpoint(0, List.of(TreeHash.EMPTY_ROOT), Parties.signed(Parties.checkpoint(5, 0)));
        assertThat(decide(Optional.empty(), proofFromNothing).status()).isEqualTo(422);
        String impossible = Parties.ORIGIN + "\n0\n" + "A".repeat(43) + "=\n";
        SignedNote note = new SignedNote(impossible, List.of(LOG.sign(impossible)));
        assertThat(decide(Optional.empty(), new AddCheckpoint(0, List.of(), note))
                        .status())
                .isEqualTo(422);
        assertThat(decide(Optional.empty(), Parties.grow(0, 0)).status()).isEqualTo(200);
    }

    @Test
    void an_old_size_above_the_checkpoints_or_a_checkpoint_of_another_form_is_400() {
        Optional<SignedNote> five = Optional.of(cosigned(Optional.empty(), Parties.grow(0, 5), NOON));
        assertThat(decide(five, new AddCheckpoint(5, List.of(), Parties.signed(Parties.checkpoint(4, 0))))
                        .status())
                .isEqualTo(400);
        String root = Parties.checkpoint(5, 0).text().split("\n")[2];
        for (String text : List.of(
                Parties.ORIGIN + "\n5\n" + root + "\nextension\n",
                Parties.ORIGIN + "\n05\n" + root + "\n",
                Parties.ORIGIN + "\n5\nAAAA\n",
                Parties.ORIGIN + "\n5\n")) {
            SignedNote note = new SignedNote(text, List.of(LOG.sign(text)));
            assertThat(decide(Optional.empty(), new AddCheckpoint(0, List.of(), note))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void forged_lines_of_this_witness_or_of_others_do_not_get_into_its_store() {
        Checkpoint five = Parties.checkpoint(5, 0);
        NoteSignature forged = NoteSignature.by(POLICE.key().verifierKey(), new byte[72]);
        NoteSignature others = Parties.line(Parties.HOSTER, five, NOON);
        NoteSignature huge = NoteSignature.by(Parties.ASSOCIATION.key().verifierKey(), new byte[2428]);
        AddCheckpoint request = new AddCheckpoint(0, List.of(), Parties.signed(five, forged, others, huge));
        SignedNote kept = cosigned(Optional.empty(), request, NOON);
        assertThat(kept.signatures()).containsExactly(LOG.sign(five.text()), Parties.line(POLICE, five, NOON));
    }

    @Test
    void a_witness_whose_own_note_cannot_hold_another_line_still_answers() {
        Checkpoint five = Parties.checkpoint(5, 0);
        List<NoteSignature> most = new ArrayList<>(Collections.nCopies(64, LOG.sign(five.text())));
        AddCheckpoint request = new AddCheckpoint(0, List.of(), new SignedNote(five.text(), most));
        assertThat(cosigned(Optional.empty(), request, NOON).signatures()).hasSize(2);
    }

    @Test
    void a_store_that_somebody_wrote_to_stops_the_witness() {
        Checkpoint four = Parties.checkpoint(4, 0);
        SignedNote planted = new SignedNote(four.text(), List.of(Parties.line(Parties.HOSTER, four, NOON)));
        String otherOrigin = new Checkpoint("log.example/log/registry/2026", 4, four.root()).text();
        SignedNote ofAnother = new SignedNote(
                otherOrigin, List.of(POLICE.cosign(otherOrigin, NOON).line(POLICE.key())));
        for (SignedNote stored : List.of(planted, ofAnother)) {
            assertThatThrownBy(() -> decide(Optional.of(stored), Parties.grow(4, 9)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_witness_with_a_new_key_still_remembers_what_the_log_signed() {
        SignedNote byOldKey = new Witnessing(Parties.HOSTER)
                .decide(Optional.empty(), Parties.grow(0, 5), List.of(LOG.key()), NOON)
                .match(WitnessAnswer.Cosigned::store, c -> fail(), r -> fail());
        assertThat(decide(Optional.of(byOldKey), Parties.grow(4, 9))).isEqualTo(new WitnessAnswer.Conflict(5));
        assertThat(decide(Optional.of(byOldKey), Parties.grow(5, 9)).status()).isEqualTo(200);
    }

    private WitnessAnswer decide(Optional<SignedNote> stored, AddCheckpoint request) {
        return decide(stored, request, List.of(LOG.key()));
    }

    private WitnessAnswer decide(
            Optional<SignedNote> stored, AddCheckpoint request, List<org.sparekey.protocol.tree.NoteKey> logs) {
        return witnessing.decide(stored, request, logs, NOON);
    }

    private SignedNote cosigned(Optional<SignedNote> stored, AddCheckpoint request, Instant now) {
        return witnessing
                .decide(stored, request, List.of(LOG.key()), now)
                .match(WitnessAnswer.Cosigned::store, conflict -> fail(), refused -> fail());
    }

    private static SignedNote fail() {
        throw new AssertionError("not cosigned");
    }
}
