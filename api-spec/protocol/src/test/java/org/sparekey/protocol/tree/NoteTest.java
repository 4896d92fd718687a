// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

class NoteTest {

    /** The example of C2SP signed-note. */
    private static final String VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private static final String NOTE = "This is an example message.\n\n\u2014 example.com/foo"
            + " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    private static final NoteSigner LOG = new NoteSigner("log.example/case/2026", new byte[32]);

    @Test
    void the_specifications_example_verifies_and_is_written_back_to_the_byte() throws MalformedException {
        NoteKey key = NoteKey.parse(VKEY);
        SignedNote note = SignedNote.parse(utf8(NOTE));
        assertThat(key.vkey()).isEqualTo(VKEY);
        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.signers(List.of(key))).containsExactly(key);
        assertThat(note.bytes()).isEqualTo(utf8(NOTE));
    }

    @Test
    void a_note_with_any_single_bit_flipped_is_signed_by_nobody() throws MalformedException {
        NoteKey key = NoteKey.parse(VKEY);
        byte[] note = utf8(NOTE);
        for (int bit = 0; bit < note.length * 8; bit++) {
            byte[] forged = note.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(signers(forged, key)).isEmpty();
        }
    }

    @Test
    void lines_of_unknown_keys_are_carried_along_and_count_for_nothing() throws MalformedException {
        String text = "text\n";
        NoteSigner stranger = new NoteSigner("grease.example", new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
            30, 31, 32
        });
        NoteSignature postQuantum = NoteSignature.of("witness.example", new byte[] {1, 2, 3, 4}, new byte[2420]);
        SignedNote note = new SignedNote(text, List.of(stranger.sign(text), postQuantum, LOG.sign(text)));
        SignedNote read = SignedNote.parse(note.bytes());
        assertThat(read).isEqualTo(note);
        assertThat(read.signers(List.of(LOG.key()))).containsExactly(LOG.key());
        SignedNote without = new SignedNote(text, List.of(stranger.sign(text), postQuantum));
        assertThat(without.signers(List.of(LOG.key()))).isEmpty();
    }

    @Test
    void one_false_line_of_a_known_key_spoils_the_note() {
        NoteSignature good = LOG.sign("text\n");
        NoteSignature forged = LOG.sign("other\n");
        assertThat(new SignedNote("text\n", List.of(good, forged)).signers(List.of(LOG.key())))
                .isEmpty();
    }

    @Test
    void sixteen_signatures_are_accepted_and_sixty_five_are_not() throws MalformedException {
        List<NoteSignature> many = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            many.add(NoteSignature.of("w" + i, new byte[4], new byte[2420]));
        }
        many.add(LOG.sign("text\n"));
        SignedNote read = SignedNote.parse(new SignedNote("text\n", many).bytes());
        assertThat(read.signers(List.of(LOG.key()))).containsExactly(LOG.key());
        while (many.size() < 65) {
            many.add(many.get(0));
        }
        assertThatThrownBy(() -> new SignedNote("text\n", many)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The eight points of low order, and spellings of points that are not the canonical ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void a_key_on_which_verifiers_disagree_is_refused(String publicKey) {
        Bytes key = Bytes.of(HexFormat.of().parseHex(publicKey));
        assertThatThrownBy(() -> new NoteKey("log.example", key)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
                "example.com/foo+530d903a",
                ""
            })
    void a_verifier_key_whose_parts_disagree_is_refused(String vkey) {
        assertThatThrownBy(() -> NoteKey.parse(vkey)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_checkpoint_is_three_lines_and_nothing_else() throws MalformedException {
        Checkpoint checkpoint = new Checkpoint("log.example/case/2026", 7, TreeHash.leaf(new byte[0]));
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
        assertThat(Checkpoint.parse(new Checkpoint("l", 0, TreeHash.EMPTY_ROOT).text())
                        .size())
                .isZero();
        String root = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n";
        for (String bad : List.of(
                "l\n07\n" + root,
                "l\n-1\n" + root,
                "l\n9999999999999999999\n" + root,
                "l\n7\n" + root + "extension\n",
                "l\n0\n" + root,
                "\n7\n" + root,
                "a b\n7\n" + root,
                "l\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoA==\n",
                "l\n7\n" + root.stripTrailing())) {
            assertThatThrownBy(() -> Checkpoint.parse(bad)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void a_tlog_proof_proves_its_leaf_offline_and_no_flipped_bit_of_it_does() throws MalformedException {
        SlowTree tree = TreeTest.random(11);
        Checkpoint checkpoint = new Checkpoint(LOG.key().name(), 11, tree.root());
        SignedNote note = new SignedNote(checkpoint.text(), List.of(LOG.sign(checkpoint.text())));
        LogProof proof = new LogProof(InclusionProof.make(4, 11, tree.nodes()), note);
        Digest leaf = tree.leaves().get(4);

        byte[] bytes = proof.bytes();
        assertThat(new String(bytes, StandardCharsets.UTF_8)).startsWith("c2sp.org/tlog-proof@v1\nindex 4\n");
        assertThat(LogProof.parse(bytes)).isEqualTo(proof);
        assertThat(proof.proven(leaf, LOG.key())).contains(checkpoint);
        assertThat(proof.proven(tree.leaves().get(5), LOG.key())).isEmpty();
        NoteSigner other = new NoteSigner("log.example/registry/2026", new byte[32]);
        assertThat(proof.proven(leaf, other.key())).isEmpty();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] forged = bytes.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(proven(forged, leaf)).isFalse();
        }
    }

    @Test
    void a_signer_prints_its_name_and_not_its_key() {
        assertThat(LOG.toString())
                .isEqualTo("NoteSigner[log.example/case/2026+" + LOG.key().keyId() + "]");
    }

    private static boolean proven(byte[] proof, Digest leaf) {
        try {
            return LogProof.parse(proof).proven(leaf, LOG.key()).isPresent();
        } catch (MalformedException refused) {
            return false;
        }
    }

    private static List<NoteKey> signers(byte[] note, NoteKey key) {
        try {
            return SignedNote.parse(note).signers(List.of(key));
        } catch (MalformedException refused) {
            return List.of();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
