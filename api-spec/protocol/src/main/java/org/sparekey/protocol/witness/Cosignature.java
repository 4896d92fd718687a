// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;

/**
 * A witness's statement that at this time this was the largest tree of the log that it had seen, consistent with all
 * before (C2SP tlog-cosignature, {@code cosignature/v1}).
 *
 * @param at whole seconds, later than 1970 and not beyond the year 9999
 * @param signature 64 bytes over {@link #message}
 */
public record Cosignature(Instant at, Bytes signature) {

    private static final long FIRST_SECOND = 1;

    /** The end of the year 9999: what is later is a mistake or a lie. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final int LENGTH_BYTES = Long.BYTES + Ed25519.SIGNATURE_SIZE;

    /** @throws IllegalArgumentException when the time or the signature is not of the shape above */
    public Cosignature {
        long seconds = at.getEpochSecond();
        if (at.getNano() != 0 || seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            throw new IllegalArgumentException("not the time of a cosignature");
        }
        if (signature.length() != Ed25519.SIGNATURE_SIZE) {
            throw new IllegalArgumentException("not an Ed25519 signature");
        }
    }

    /**
     * Reads a note's signature line that claims to be of this witness and checks it over the note's text.
     *
     * @return empty when it is not of the form, or does not verify; whether it claims the key is for the caller to ask
     */
    public static Optional<Cosignature> verified(NoteSignature line, WitnessKey witness, String text) {
        byte[] both = line.afterKeyId();
        if (!line.claims(witness.verifierKey()) || both.length != LENGTH_BYTES) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(both).getLong();
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return Optional.empty();
        }
        Bytes signature = Bytes.of(Arrays.copyOfRange(both, Long.BYTES, both.length));
        Cosignature cosignature = new Cosignature(Instant.ofEpochSecond(seconds), signature);
        return cosignature.verifies(witness, text) ? Optional.of(cosignature) : Optional.empty();
    }

    /**
     * Reads what a witness answered to a log, one or more signature lines, as if they stood under the checkpoint.
     *
     * @return the lines of this witness; those of other keys are left out
     * @throws MalformedException when it is not of the form, or a line that claims this witness does not verify
     */
    public static List<NoteSignature> answered(byte[] body, WitnessKey witness, String text) throws MalformedException {
        byte[] head = (text + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] note = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, note, head.length, body.length);
        SignedNote answer = SignedNote.parse(note);
        List<NoteSignature> own = answer.signatures().stream()
                .filter(line -> line.claims(witness.verifierKey()))
                .toList();
        boolean verified =
                own.stream().allMatch(line -> verified(line, witness, text).isPresent());
        if (!answer.text().equals(text) || !verified) {
            throw new MalformedException("", "not a cosignature of this checkpoint");
        }
        return own;
    }

    /** @param text the checkpoint: all of the note but its signature lines */
    public boolean verifies(WitnessKey witness, String text) {
        byte[] message = message(at, text);
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(witness.publicKey().array(), 0));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature.array());
    }

    /** The line under the note: 8 bytes big-endian seconds, then the signature. */
    public NoteSignature line(WitnessKey witness) {
        byte[] both = ByteBuffer.allocate(LENGTH_BYTES)
                .putLong(at.getEpochSecond())
                .put(signature.array())
                .array();
        return NoteSignature.by(witness.verifierKey(), both);
    }

    /** What an Ed25519 witness signs. */
    static byte[] message(Instant at, String text) {
        return ("cosignature/v1\ntime " + at.getEpochSecond() + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }
}
