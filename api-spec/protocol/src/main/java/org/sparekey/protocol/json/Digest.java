// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: base64url in JSON, lower-case hex in file lists. */
public final class Digest {

    public static final int LENGTH_BYTES = 32;

    /** Cloned for every use: looking the algorithm up would cost more than half of hashing one node. */
    private static final MessageDigest SHA_256 = prototype();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    public static Digest of(byte[] bytes) {
        return new Digest(bytes.clone());
    }

    /** SHA-256 of the bytes as they are. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest sha256 = sha256();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return new Digest(sha256.digest());
    }

    /** SHA-256 of the domain string, one zero byte, and the parts. */
    public static Digest of(Domain domain, byte[]... parts) {
        MessageDigest sha256 = sha256();
        sha256.update(domain.prefix());
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return new Digest(sha256.digest());
    }

    /** A fresh SHA-256 of the JDK, which is several times faster than Bouncy Castle's. */
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", impossible);
        }
    }

    private static MessageDigest prototype() {
        try {
            return MessageDigest.getInstance("SHA-256", "SUN");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SUN's SHA-256", impossible);
        }
    }

    @JsonCreator
    public static Digest parse(String base64url) {
        return new Digest(Bytes.parse(base64url).array());
    }

    public static Digest parseHex(String hex) {
        return new Digest(HexFormat.of().parseHex(hex));
    }

    @JsonValue
    public String base64url() {
        return Bytes.of(bytes).base64url();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    public byte[] array() {
        return bytes.clone();
    }

    /** The digest's text form as ASCII bytes, for hashing further. */
    public byte[] ascii() {
        return base64url().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64url();
    }
}
