// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.VerifierKey;

/** The private half of a {@link WitnessKey}; it never prints itself. */
public final class Cosigner {

    private static final String SECRET_PREFIX = "PRIVATE+KEY+";
    private static final int PARTS = 3;

    private final Ed25519PrivateKeyParameters privateKey;
    private final WitnessKey key;

    /** @param seed the 32-byte private key of RFC 8032 */
    public Cosigner(String name, byte[] seed) {
        this.privateKey = new Ed25519PrivateKeyParameters(seed, 0);
        this.key = new WitnessKey(name, Bytes.of(privateKey.generatePublicKey().getEncoded()));
    }

    public static Cosigner generate(String name, SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return new Cosigner(name, seed);
    }

    public WitnessKey key() {
        return key;
    }

    /**
     * Signs that this was the largest tree seen at this time. Only {@link Witnessing} may decide that: a witness that
     * signs without looking is none.
     *
     * @param text the checkpoint: all of the note but its signature lines
     */
    public Cosignature cosign(String text, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        byte[] message = Cosignature.message(at, text);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, privateKey);
        signer.update(message, 0, message.length);
        return new Cosignature(at, Bytes.of(signer.generateSignature()));
    }

    /**
     * The private key as one line, {@code PRIVATE+KEY+name+keyid+base64(0x04 || seed)}, as the Go tools for signed notes
     * keep theirs. For the key file alone.
     */
    public String secretLine() {
        byte[] typed = new byte[1 + Ed25519.SECRET_KEY_SIZE];
        typed[0] = VerifierKey.ED25519_COSIGNATURE;
        privateKey.encode(typed, 1);
        return SECRET_PREFIX + key.name() + "+" + key.keyId() + "+" + NoteText.base64(typed);
    }

    /** Reads {@link #secretLine}; a key id that does not belong to the key is refused. No message repeats the line. */
    public static Cosigner parseSecretLine(String line) throws MalformedException {
        String[] parts = line.startsWith(SECRET_PREFIX)
                ? line.substring(SECRET_PREFIX.length()).split("\\+", PARTS)
                : new String[0];
        if (parts.length != PARTS) {
            throw new MalformedException("", "not a witness's private key");
        }
        byte[] typed = NoteText.base64(parts[2]);
        if (typed.length != 1 + Ed25519.SECRET_KEY_SIZE || typed[0] != VerifierKey.ED25519_COSIGNATURE) {
            throw new MalformedException("", "not a witness's private key");
        }
        Cosigner cosigner = named(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!cosigner.key().keyId().equals(parts[1])) {
            throw new MalformedException("", "a key id of another key");
        }
        return cosigner;
    }

    private static Cosigner named(String name, byte[] seed) throws MalformedException {
        try {
            return new Cosigner(name, seed);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not the name of a witness", e);
        }
    }

    @Override
    public String toString() {
        return "Cosigner[" + key.name() + "+" + key.keyId() + "]";
    }
}
