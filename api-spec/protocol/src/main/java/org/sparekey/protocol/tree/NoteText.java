// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.util.Base64;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** The small forms that notes, checkpoints and proofs share: names, numbers, base64 with padding (RFC 4648 section 4). */
public final class NoteText {

    private static final int SPACE = 0x20;

    private NoteText() {}

    /** @throws IllegalArgumentException when it is empty or has a space, a control or a plus sign */
    public static void requireName(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(NoteText::notInNames)) {
            throw new IllegalArgumentException("a key name has no spaces, controls or plus signs");
        }
    }

    private static boolean notInNames(int c) {
        return c == '+' || c < SPACE || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Only the one spelling of the bytes: no missing padding, no stray bits. */
    public static byte[] base64(String text) throws MalformedException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedException("", "not base64", notBase64);
        }
        throw new MalformedException("", "not canonical base64");
    }

    /** One hash of a proof. */
    public static Digest hash(String text) throws MalformedException {
        byte[] hash = base64(text);
        if (hash.length != Digest.LENGTH_BYTES) {
            throw new MalformedException("", "a hash of a proof has 32 bytes");
        }
        return Digest.of(hash);
    }

    /** A decimal of at most 18 digits without leading zeroes. */
    public static long number(String text) throws MalformedException {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new MalformedException("", "not a decimal number");
        }
        return Long.parseLong(text);
    }
}
