// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import com.exceptionfactory.jagged.bech32.Bech32;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A fresh age identity (C2SP age, "the X25519 recipient type"): the secret lives in arrays that {@link #close()}
 * overwrites. What the JVM may have copied in moving objects is out of our reach.
 */
final class AgeIdentity implements AutoCloseable {

    private static final String SECRET_PREFIX = "AGE-SECRET-KEY-";
    private static final String RECIPIENT_PREFIX = "age";

    private final byte[] identityFile;
    private final String recipient;

    private AgeIdentity(byte[] identityFile, String recipient) {
        this.identityFile = identityFile;
        this.recipient = recipient;
    }

    static AgeIdentity generate(SecureRandom random) {
        byte[] secret = new byte[X25519.SCALAR_SIZE];
        byte[] point = new byte[X25519.POINT_SIZE];
        try {
            random.nextBytes(secret);
            X25519.scalarMultBase(secret, 0, point, 0);
            String recipient =
                    Bech32.getEncoder().encode(RECIPIENT_PREFIX, point).toString();
            return new AgeIdentity(line(Bech32.getEncoder().encode(SECRET_PREFIX, secret)), recipient);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** What {@code age -i} reads; the array itself, so that closing wipes it. */
    byte[] identityFile() {
        return identityFile;
    }

    /** The public recipient, {@code age1...}: all that the pipeline knows. */
    String recipient() {
        return recipient;
    }

    @Override
    public void close() {
        Arrays.fill(identityFile, (byte) 0);
    }

    private static byte[] line(CharSequence text) {
        CharBuffer chars = text instanceof CharBuffer buffer ? buffer : CharBuffer.wrap(text);
        byte[] line = new byte[chars.remaining() + 1];
        ByteBuffer bytes = ByteBuffer.wrap(line);
        StandardCharsets.US_ASCII.newEncoder().encode(chars, bytes, true);
        line[line.length - 1] = '\n';
        if (chars.hasArray()) {
            Arrays.fill(chars.array(), '0');
        }
        return line;
    }
}
