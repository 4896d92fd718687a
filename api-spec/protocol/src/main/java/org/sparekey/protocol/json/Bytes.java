// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;

/** An immutable byte string; in JSON it is base64url without padding (RFC 4648 section 5). */
public final class Bytes {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /**
     * Parses base64url without padding.
     *
     * @throws IllegalArgumentException when the text is padded, not base64url, or not the only spelling of its bytes
     */
    @JsonCreator
    public static Bytes parse(String base64url) {
        Bytes parsed = new Bytes(DECODER.decode(base64url));
        if (!parsed.base64url().equals(base64url)) {
            throw new IllegalArgumentException("not canonical base64url without padding");
        }
        return parsed;
    }

    /** The text form used inside JSON. */
    @JsonValue
    public String base64url() {
        return ENCODER.encodeToString(bytes);
    }

    public byte[] array() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length only: a byte string may be a salt, and salts do not belong in logs. */
    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
