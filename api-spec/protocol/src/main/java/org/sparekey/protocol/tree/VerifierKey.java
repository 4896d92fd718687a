// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * The text form of a key that signs notes (C2SP signed-note, "verifier keys"): its name, its type and its bytes. What
 * the bytes must be is for the type to say ({@link NoteKey}, the witnesses' keys).
 */
public record VerifierKey(String name, byte type, Bytes publicKey) {

    /** A log's own signature over the text: Ed25519. */
    public static final byte ED25519 = 1;

    /** A witness's timestamped cosignature: Ed25519 (C2SP tlog-cosignature). */
    public static final byte ED25519_COSIGNATURE = 4;

    /** A timestamped cosignature: ML-DSA-44. Reserved: its lines are carried along as those of an unknown key. */
    public static final byte ML_DSA_44_COSIGNATURE = 6;

    /** An ML-DSA-44 key has 1,312 bytes; no type we know of has more. */
    private static final int MAX_KEY_BYTES = 4096;

    private static final int KEY_ID_BYTES = 4;
    private static final int PARTS = 3;

    public VerifierKey {
        NoteText.requireName(name);
        if (publicKey.length() < 1 || publicKey.length() > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("not the length of a public key");
        }
    }

    /** The first four bytes of SHA-256(name || 0x0A || type || public key), in hex. */
    public String keyId() {
        byte[] prefix = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Digest.sha256(prefix, typed()).array(), 0, KEY_ID_BYTES);
    }

    /** The text form {@code name+keyid+base64(type || public key)}. */
    public String vkey() {
        return name + "+" + keyId() + "+" + NoteText.base64(typed());
    }

    /** Reads the text form; a key id that does not belong to the key is refused. */
    public static VerifierKey parse(String vkey) throws MalformedException {
        String[] parts = vkey.split("\\+", PARTS);
        if (parts.length != PARTS) {
            throw new MalformedException("", "not a verifier key");
        }
        byte[] typed = NoteText.base64(parts[2]);
        try {
            VerifierKey key = new VerifierKey(
                    parts[0], typed.length == 0 ? 0 : typed[0], Bytes.of(Arrays.copyOfRange(typed, 1, typed.length)));
            if (key.keyId().equals(parts[1])) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not a verifier key", e);
        }
        throw new MalformedException("", "a key id of another key");
    }

    private byte[] typed() {
        byte[] typed = new byte[1 + publicKey.length()];
        typed[0] = type;
        System.arraycopy(publicKey.array(), 0, typed, 1, publicKey.length());
        return typed;
    }
}
