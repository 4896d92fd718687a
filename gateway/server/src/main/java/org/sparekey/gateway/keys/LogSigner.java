// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;

/**
 * Signs checkpoints of one origin and nothing else. It does not know what it signed before: whoever calls it stores the
 * checkpoint in the fork guard first. Ed25519 is deterministic, so the same checkpoint always gives the same note.
 */
public final class LogSigner {

    /** A SubjectPublicKeyInfo of Ed25519 (RFC 8410) is twelve bytes of frame and the key. */
    private static final int SPKI_FRAME_BYTES = 12;

    private final SigningKey key;
    private final NoteKey noteKey;

    LogSigner(String origin, SigningKey key) {
        byte[] spki = key.publicKey().getEncoded();
        this.key = key;
        this.noteKey = new NoteKey(origin, Bytes.of(Arrays.copyOfRange(spki, SPKI_FRAME_BYTES, spki.length)));
    }

    /** What verifiers are given: origin and public key. */
    public NoteKey key() {
        return noteKey;
    }

    /** @throws IllegalArgumentException for a checkpoint of another origin */
    public SignedNote sign(Checkpoint checkpoint) {
        if (!checkpoint.origin().equals(noteKey.name())) {
            throw new IllegalArgumentException("a checkpoint of another log");
        }
        String text = checkpoint.text();
        byte[] signature = key.signJose(text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote(text, List.of(NoteSignature.by(noteKey, signature)));
    }

    @Override
    public String toString() {
        return "LogSigner[" + noteKey.vkey() + "]";
    }
}
