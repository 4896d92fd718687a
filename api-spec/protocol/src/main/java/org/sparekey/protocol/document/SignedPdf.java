// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.MalformedException;

/**
 * A PDF whose one signature covers every byte but itself (ISO 32000-1 section 12.8, ETSI EN 319 142-1), read without
 * interpreting a page. A second signature, a byte after it and a range that leaves something out are refused, so what was
 * added afterwards (an incremental update, a shadow document) never reaches a decision.
 */
final class SignedPdf {

    private static final String BEGIN = "%PDF-";
    private static final Pattern RANGE =
            Pattern.compile("/ByteRange\\s*\\[\\s*0\\s+(\\d{1,9})\\s+(\\d{1,9})\\s+(\\d{1,9})\\s*]");
    private static final Pattern MADE_AT =
            Pattern.compile("/M\\s*\\(D:(\\d{14})(Z|[+-]\\d{2}'?\\d{2}'?)?(?:00'00'?)?\\)");
    private static final Pattern END = Pattern.compile("%%EOF(?:\r\n|\r|\n)?$");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /** Whoever encrypts a file hides it from the reader that we are. */
    private static final String ENCRYPTED = "/Encrypt";

    private final byte[] bytes;
    private final int before;
    private final int after;
    private final Instant claimedAt;
    private final byte[] payload;

    private SignedPdf(byte[] bytes, int before, int after, Instant claimedAt, byte[] payload) {
        this.bytes = bytes;
        this.before = before;
        this.after = after;
        this.claimedAt = claimedAt;
        this.payload = payload;
    }

    static boolean begins(byte[] content) {
        return content.length > BEGIN.length()
                && text(Arrays.copyOf(content, BEGIN.length())).equals(BEGIN);
    }

    static SignedPdf parse(byte[] bytes) throws MalformedException {
        String text = text(bytes);
        require(begins(bytes) && END.matcher(text).find(), "not a whole PDF");
        require(!text.contains(ENCRYPTED), "an encrypted PDF");
        int at = EmbeddedPayload.only(text, "/ByteRange");
        Matcher range = RANGE.matcher(text);
        require(range.find(at) && range.start() == at, "a signature over other than two ranges from the first byte");
        int before = Integer.parseInt(range.group(1));
        int after = Integer.parseInt(range.group(2));
        boolean all = before > 0 && after > before + 1 && after + Integer.parseInt(range.group(3)) == bytes.length;
        require(all, "something stands outside the signature, or after it");
        require(bytes[before] == '<' && bytes[after - 1] == '>', "the signature is not all that is left out");
        return new SignedPdf(bytes, before, after, madeAt(text, at, before, after), EmbeddedPayload.read(bytes, text));
    }

    Instant claimedAt() {
        return claimedAt;
    }

    /** The bytes of the one embedded file. */
    byte[] payload() {
        return payload.clone();
    }

    PdfSignature signature() throws MalformedException {
        byte[] signed = new byte[before + bytes.length - after];
        System.arraycopy(bytes, 0, signed, 0, before);
        System.arraycopy(bytes, after, signed, before, bytes.length - after);
        try {
            byte[] padded = HexFormat.of().parseHex(text(bytes), before + 1, after - 1);
            return PdfSignature.parse(padded, signed);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "the signature is not hexadecimal", e);
        }
    }

    /** In the dictionary that holds the signature: PAdES has the signing time there and not in the CMS. */
    private static Instant madeAt(String text, int range, int before, int after) throws MalformedException {
        int begin = text.lastIndexOf(" obj", Math.min(range, before));
        int end = text.indexOf("endobj", Math.max(range, after));
        require(begin >= 0 && end >= 0, "the signature is in no object");
        String dictionary = text.substring(begin, before) + " " + text.substring(after, end);
        Matcher made = MADE_AT.matcher(dictionary);
        require(made.find(), "the signature does not say when it was made");
        String zone = made.group(2) == null ? "Z" : made.group(2).replace("'", "");
        require(!made.find(), "the signature says twice when it was made");
        try {
            return LocalDateTime.parse(
                            MADE_AT.matcher(dictionary)
                                    .results()
                                    .findFirst()
                                    .orElseThrow()
                                    .group(1),
                            DATE)
                    .toInstant(ZoneOffset.of(zone));
        } catch (DateTimeException e) {
            throw new MalformedException("", "the signature's time is none", e);
        }
    }

    static void require(boolean holds, String otherwise) throws MalformedException {
        if (!holds) {
            throw new MalformedException("", otherwise);
        }
    }

    /** One character a byte, so that a place in the text is a place in the file. */
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
