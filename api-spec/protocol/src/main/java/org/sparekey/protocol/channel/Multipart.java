// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Builds a multipart/form-data content (RFC 7578), such as an order with its documents. */
public final class Multipart {

    private static final int BOUNDARY_BYTES = 24;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final String boundary;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Multipart(SecureRandom random) {
        byte[] bytes = new byte[BOUNDARY_BYTES];
        random.nextBytes(bytes);
        this.boundary = HexFormat.of().formatHex(bytes);
    }

    public Multipart part(String name, String mediaType, byte[] content) {
        return part(name, "", mediaType, content);
    }

    public Multipart file(String name, String fileName, String mediaType, byte[] content) {
        return part(name, "; filename=\"" + checked(fileName) + "\"", mediaType, content);
    }

    public Content content() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(ascii("--" + boundary + "--\r\n"));
        return Content.of("multipart/form-data; boundary=" + boundary, whole.toByteArray());
    }

    private Multipart part(String name, String file, String mediaType, byte[] content) {
        out.writeBytes(ascii("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + checked(name) + "\""
                + file + "\r\nContent-Type: " + mediaType + "\r\n\r\n"));
        out.writeBytes(content);
        out.writeBytes(ascii("\r\n"));
        return this;
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a part's name has letters, digits, dots, dashes and underscores");
        }
        return name;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
