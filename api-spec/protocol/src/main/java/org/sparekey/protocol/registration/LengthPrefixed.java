// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Byte strings behind their lengths (four bytes, big-endian), so that no two lists of parts run into the same bytes. */
final class LengthPrefixed {

    private LengthPrefixed() {}

    static byte[] of(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
