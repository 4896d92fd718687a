// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.Arrays;
import java.util.HexFormat;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;

/**
 * One signature line of a note. Of a key we do not know it is only carried along.
 *
 * @param signature the four bytes of the key id and the signature itself
 */
public record NoteSignature(String name, Bytes signature) {

    private static final String DASH = "\u2014 ";
    private static final int KEY_ID_BYTES = 4;

    public NoteSignature {
        NoteText.requireName(name);
        if (signature.length() < KEY_ID_BYTES) {
            throw new IllegalArgumentException("a signature line begins with a key id");
        }
    }

    /** The line of this key over a text that the signature was made of elsewhere. */
    public static NoteSignature by(NoteKey key, byte[] signature) {
        return by(key.verifierKey(), signature);
    }

    /** The line of a key of any type; the signature is in the form of its type. */
    public static NoteSignature by(VerifierKey key, byte[] signature) {
        return of(key.name(), HexFormat.of().parseHex(key.keyId()), signature);
    }

    static NoteSignature of(String name, byte[] keyId, byte[] signature) {
        byte[] both = Arrays.copyOf(keyId, KEY_ID_BYTES + signature.length);
        System.arraycopy(signature, 0, both, KEY_ID_BYTES, signature.length);
        return new NoteSignature(name, Bytes.of(both));
    }

    /** Reads one line, without its newline. */
    public static NoteSignature parse(String line) throws MalformedException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new MalformedException("", "not a signature line");
        }
        try {
            byte[] signature = NoteText.base64(line.substring(space + 1));
            return new NoteSignature(line.substring(DASH.length(), space), Bytes.of(signature));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not a signature line", e);
        }
    }

    /** The line with its newline. */
    public String line() {
        return DASH + name + " " + NoteText.base64(signature.array()) + "\n";
    }

    /** Whether this line claims to come from the key: name and key id both. */
    public boolean claims(VerifierKey key) {
        return name.equals(key.name())
                && HexFormat.of().formatHex(signature.array(), 0, KEY_ID_BYTES).equals(key.keyId());
    }

    /** What stands behind the key id: the signature in the form of the key's type. */
    public byte[] afterKeyId() {
        return Arrays.copyOfRange(signature.array(), KEY_ID_BYTES, signature.length());
    }

    boolean claims(NoteKey key) {
        return claims(key.verifierKey());
    }

    boolean verifies(NoteKey key, String text) {
        return key.verifies(text, afterKeyId());
    }
}
