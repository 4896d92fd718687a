// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.sparekey.protocol.json.Bytes;

/** The length and the digests of a content, taken over the raw bytes while they were read. */
public record MeasuredBody(long lengthBytes, Bytes sha256, Bytes sha512) {

    public static final MeasuredBody EMPTY = of(new byte[0]);

    public static MeasuredBody of(byte[] content) {
        Meter meter = new Meter();
        meter.write(content, 0, content.length);
        return meter.measured();
    }

    public boolean isEmpty() {
        return lengthBytes == 0;
    }

    /** Takes the bytes of a content that is spooled or streamed: write them here too, then ask once. */
    public static final class Meter extends OutputStream {

        private final MessageDigest sha256 = digest("SHA-256");
        private final MessageDigest sha512 = digest("SHA-512");
        private long lengthBytes;

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            sha256.update(bytes, from, count);
            sha512.update(bytes, from, count);
            lengthBytes += count;
        }

        /** Resets the digests: ask once. */
        public MeasuredBody measured() {
            return new MeasuredBody(lengthBytes, Bytes.of(sha256.digest()), Bytes.of(sha512.digest()));
        }

        private static MessageDigest digest(String algorithm) {
            try {
                return MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }
    }
}
