// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparekey.protocol.witness.Parties.ASSOCIATION;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.VerifierKey;

class CosignatureTest {

    private static final Checkpoint SEEN = Parties.checkpoint(7, 0);

    @Test
    void a_witness_signs_its_time_and_the_checkpoint_behind_the_header_of_the_specification() {
        NoteSignature line = Parties.line(POLICE, SEEN, NOON.plusMillis(999));
        ByteBuffer stamped = ByteBuffer.wrap(line.afterKeyId());
        assertThat(stamped.remaining()).isEqualTo(72);
        assertThat(stamped.getLong()).isEqualTo(NOON.getEpochSecond());
        byte[] signature = new byte[64];
        stamped.get(signature);
        byte[] message = ("cosignature/v1\ntime 1795435200\n" + SEEN.text()).getBytes(StandardCharsets.UTF_8);
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(
                false, new Ed25519PublicKeyParameters(POLICE.key().publicKey().array(), 0));
        verifier.update(message, 0, message.length);
        assertThat(verifier.verifySignature(signature)).isTrue();
        assertThat(Cosignature.verified(line, POLICE.key(), SEEN.text()).map(Cosignature::at))
                .contains(NOON);
    }

    @Test
    void a_cosignature_counts_for_its_witness_its_text_and_its_time_only() {
        NoteSignature line = Parties.line(POLICE, SEEN, NOON);
        assertThat(Cosignature.verified(line, ASSOCIATION.key(), SEEN.text())).isEmpty();
        assertThat(Cosignature.verified(
                        line, POLICE.key(), Parties.checkpoint(8, 0).text()))
                .isEmpty();
        byte[] stamped = line.afterKeyId();
        for (int bit = 0; bit < stamped.length * 8; bit++) {
            byte[] forged = stamped.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            NoteSignature other = NoteSignature.by(POLICE.key().verifierKey(), forged);
            assertThat(Cosignature.verified(other, POLICE.key(), SEEN.text())).isEmpty();
        }
    }

    @Test
    void a_cosignature_without_a_time_or_after_the_year_9999_is_none() {
        for (Instant at : List.of(Instant.EPOCH, Instant.parse("+10000-01-01T00:00:00Z"), NOON.plusMillis(1))) {
            assertThatThrownBy(() -> new Cosignature(at, Bytes.of(new byte[64])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String edge : List.of("1970-01-01T00:00:01Z", "9999-12-31T23:59:59Z")) {
            NoteSignature line = Parties.line(POLICE, SEEN, Instant.parse(edge));
            assertThat(Cosignature.verified(line, POLICE.key(), SEEN.text()).map(Cosignature::at))
                    .contains(Instant.parse(edge));
        }
        for (long seconds : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 253_402_300_800L}) {
            byte[] stamped = ByteBuffer.allocate(72).putLong(seconds).array();
            NoteSignature line = NoteSignature.by(POLICE.key().verifierKey(), stamped);
            assertThat(Cosignature.verified(line, POLICE.key(), SEEN.text())).isEmpty();
        }
    }

    @Test
    void the_key_of_a_witness_is_no_key_of_a_log_and_post_quantum_keys_are_reserved() throws MalformedException {
        WitnessKey key = POLICE.key();
        assertThat(WitnessKey.parse(key.vkey())).isEqualTo(key);
        assertThat(new NoteKey(key.name(), key.publicKey()).keyId()).isNotEqualTo(key.keyId());
        assertThatThrownBy(() -> NoteKey.parse(key.vkey())).isInstanceOf(MalformedException.class);
        String log = new NoteKey(key.name(), key.publicKey()).vkey();
        assertThatThrownBy(() -> WitnessKey.parse(log)).isInstanceOf(MalformedException.class);
        VerifierKey postQuantum =
                new VerifierKey("w.example", VerifierKey.ML_DSA_44_COSIGNATURE, Bytes.of(new byte[1312]));
        assertThat(VerifierKey.ML_DSA_44_COSIGNATURE).isEqualTo((byte) 6);
        assertThat(VerifierKey.parse(postQuantum.vkey())).isEqualTo(postQuantum);
        assertThatThrownBy(() -> WitnessKey.parse(postQuantum.vkey())).isInstanceOf(MalformedException.class);
    }

    @Test
    void the_answer_of_a_witness_gives_its_lines_and_refuses_forged_ones() throws MalformedException {
        NoteSignature own = Parties.line(POLICE, SEEN, NOON);
        NoteSignature others = Parties.line(ASSOCIATION, SEEN, NOON);
        byte[] both = (others.line() + own.line()).getBytes(StandardCharsets.UTF_8);
        assertThat(Cosignature.answered(both, POLICE.key(), SEEN.text())).containsExactly(own);
        String late = Parties.line(POLICE, Parties.checkpoint(8, 0), NOON).line();
        for (String bad : List.of(
                late, own.line() + late, "", "\n" + own.line(), own.line().stripTrailing(), "x\n")) {
            byte[] body = bad.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Cosignature.answered(body, POLICE.key(), SEEN.text()))
                    .isInstanceOf(MalformedException.class);
        }
        SignedNote witnessed = Parties.signed(SEEN).with(List.of(own, own));
        assertThat(witnessed.signatures()).hasSize(2);
    }

    @Test
    void a_private_key_is_read_from_its_line_and_never_prints_itself() throws MalformedException {
        String secret = POLICE.secretLine();
        assertThat(Cosigner.parseSecretLine(secret).key()).isEqualTo(POLICE.key());
        assertThat(POLICE.toString())
                .isEqualTo("Cosigner[police.example/w1+" + POLICE.key().keyId() + "]");
        for (String bad : List.of(
                "",
                POLICE.key().vkey(),
                secret.substring(0, secret.length() - 4),
                "PRIVATE+KEY+x",
                secret.replace("police", "polite"),
                "PRIVATE+KEY+" + POLICE.key().vkey())) {
            assertThatThrownBy(() -> Cosigner.parseSecretLine(bad))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageNotContaining("PRIVATE");
        }
    }
}
