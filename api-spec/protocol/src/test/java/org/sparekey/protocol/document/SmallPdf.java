// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * The smallest PDF that an authority could sign: one embedded file and one signature, as text with two places left open, so
 * that a test can say what stands in it before it is signed.
 */
final class SmallPdf {

    static final String PAYLOAD = "{\"salt\":\"c2FsdA\",\"type\":\"order\",\"v\":1}";
    static final String EMBEDDED = embedded("/Length " + PAYLOAD.length(), PAYLOAD);
    static final String MADE = "/M (D:20260301100000Z)";
    static final String SIGNATURE = "2 0 obj\n<< /Type /Sig /SubFilter /ETSI.CAdES.detached " + MADE
            + " /ByteRange @RANGE /Contents @HEX >>\nendobj\n";
    static final String END = "%%EOF\n";
    static final String WHOLE = "%PDF-1.7\n" + EMBEDDED + SIGNATURE + END;

    private static final String RANGE = "[0 %d %d %d]";
    private static final int RANGE_CHARS = 40;
    private static final int SIGNATURE_BYTES = 6000;

    /** What signs the bytes outside the place of the signature. */
    interface Signing {
        byte[] cms(byte[] signed) throws Exception;
    }

    private SmallPdf() {}

    static String embedded(String entries, String content) {
        return "1 0 obj\n<< /Type /EmbeddedFile " + entries + " >>\nstream\n" + content + "\nendstream\nendobj\n";
    }

    static byte[] signed(String template, Signing signing) {
        return signed(template, RANGE, signing);
    }

    /** @param range what the file says of its ranges: the first one's length, the second one's place and length */
    static byte[] signed(String template, String range, Signing signing) {
        String open = template.replace("@RANGE", " ".repeat(RANGE_CHARS))
                .replace("@HEX", "<" + "0".repeat(2 * SIGNATURE_BYTES) + ">");
        int before = open.indexOf("<0000");
        int after = before + 2 * SIGNATURE_BYTES + 2;
        String said = String.format(range, before, after, open.length() - after);
        String text = open.replace(" ".repeat(RANGE_CHARS), said + " ".repeat(RANGE_CHARS - said.length()));
        try {
            byte[] cms = signing.cms(bytes(text.substring(0, before) + text.substring(after)));
            String hex = HexFormat.of().formatHex(cms);
            return bytes(text.substring(0, before + 1) + hex + text.substring(before + 1 + hex.length()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String deflated(byte[] content) {
        return deflated(content, new Deflater());
    }

    static String deflated(byte[] content, Deflater by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, by)) {
            deflating.write(content);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
