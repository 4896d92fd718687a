// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.MalformedException;

/**
 * The form in which an order is submitted: multipart/form-data (RFC 7578) of the strictest kind. Each part has exactly the
 * headers Content-Disposition (a name, nothing else) and Content-Type, in this order; nothing stands before the first
 * boundary or after the last. Whatever is written otherwise is refused, so that what was signed and what is read cannot be
 * two things.
 */
public final class Multipart {

    public static final String MEDIA_TYPE = "multipart/form-data";
    public static final int MAX_PARTS = 2 + OrderDocument.MAX_DOCUMENTS;

    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data; ?boundary=\"?([A-Za-z0-9'()+_,./:=?-]{1,70})\"?");
    private static final Pattern HEADER = Pattern.compile(
            "Content-Disposition: form-data; name=\"([a-z-]{1,32})\"(?:; filename=\"[^\"\r\n]{0,128}\")?\r\n"
                    + "Content-Type: ([!-~ ]{1,128})\r\n\r\n",
            Pattern.CASE_INSENSITIVE);
    private static final int MAX_HEADER_BYTES = 512;

    private Multipart() {}

    /** One part: its name, its media type and its content. */
    public record Part(String name, String type, byte[] content) {}

    /** The content type that goes with a boundary. */
    public static String contentType(String boundary) {
        return MEDIA_TYPE + "; boundary=" + boundary;
    }

    /** @param boundary random, so that no content holds it */
    public static byte[] write(List<Part> parts, String boundary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            out.writeBytes(ascii("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name()
                    + "\"\r\nContent-Type: " + part.type() + "\r\n\r\n"));
            out.writeBytes(part.content());
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("--" + boundary + "--\r\n"));
        return out.toByteArray();
    }

    public static List<Part> read(byte[] body, String contentType) throws MalformedException {
        Matcher type = BOUNDARY.matcher(contentType);
        if (!type.matches()) {
            throw new MalformedException("", "not multipart/form-data with a boundary");
        }
        byte[] first = ascii("--" + type.group(1) + "\r\n");
        byte[] delimiter = ascii("\r\n--" + type.group(1));
        if (!startsWith(body, first, 0)) {
            throw new MalformedException("", "the body does not begin with its boundary");
        }
        List<Part> parts = new ArrayList<>();
        int at = first.length;
        while (true) {
            int end = indexOf(body, delimiter, at);
            if (end < 0 || parts.size() == MAX_PARTS) {
                throw new MalformedException("", "too many parts, or a last boundary is missing");
            }
            parts.add(part(body, at, end));
            at = end + delimiter.length;
            if (startsWith(body, ascii("--"), at)) {
                checkEnd(body, at + 2);
                return List.copyOf(parts);
            }
            if (!startsWith(body, ascii("\r\n"), at)) {
                throw new MalformedException("", "a boundary is not followed by a line's end");
            }
            at += 2;
        }
    }

    private static Part part(byte[] body, int from, int to) throws MalformedException {
        int length = Math.min(to - from, MAX_HEADER_BYTES);
        Matcher header = HEADER.matcher(new String(body, from, length, StandardCharsets.ISO_8859_1));
        if (!header.lookingAt()) {
            throw new MalformedException(
                    "", "a part has the headers Content-Disposition and Content-Type, in this order");
        }
        return new Part(header.group(1), header.group(2), Arrays.copyOfRange(body, from + header.end(), to));
    }

    private static void checkEnd(byte[] body, int at) throws MalformedException {
        boolean clean = at == body.length || (at + 2 == body.length && startsWith(body, ascii("\r\n"), at));
        if (!clean) {
            throw new MalformedException("", "something follows the last boundary");
        }
    }

    private static boolean startsWith(byte[] body, byte[] prefix, int at) {
        return at + prefix.length <= body.length
                && Arrays.equals(body, at, at + prefix.length, prefix, 0, prefix.length);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= body.length; i++) {
            if (body[i] == wanted[0] && startsWith(body, wanted, i)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
