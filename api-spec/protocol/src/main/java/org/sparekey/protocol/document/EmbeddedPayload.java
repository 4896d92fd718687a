// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import static org.sparekey.protocol.document.SignedPdf.require;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.sparekey.protocol.json.MalformedException;

/**
 * The one embedded file of a PDF (ISO 32000-1 section 7.11.4), found by its type in the open text: a stream is never inside
 * another stream, so nothing has to be interpreted. A second one is refused, whether or not anything refers to it: no two
 * readers can then disagree about which is meant.
 */
final class EmbeddedPayload {

    static final int MAX_BYTES = 64 << 10;

    private static final Pattern TYPE = Pattern.compile("/EmbeddedFile(?![A-Za-z0-9#_.+-])");
    private static final Pattern STREAM = Pattern.compile(">>\\s*stream(?:\r\n|\n)");
    private static final Pattern LENGTH = Pattern.compile("/Length\\s+(\\d{1,7})(?!\\s+\\d+\\s+R)(?=[\\s/>])");
    private static final Pattern DEFLATED =
            Pattern.compile("/Filter\\s*(?:/FlateDecode(?![A-Za-z])|\\[\\s*/FlateDecode\\s*])");

    /** What makes a stream's content another than the bytes that stand here. */
    private static final Pattern ELSEWHERE = Pattern.compile("/DecodeParms|/FFilter|/FDecodeParms|/F[\\s(/<]");

    private EmbeddedPayload() {}

    static byte[] read(byte[] pdf, String text) throws MalformedException {
        int type = only(text, TYPE, "/EmbeddedFile");
        int begin = text.lastIndexOf(" obj", type);
        Matcher stream = STREAM.matcher(text);
        require(begin >= 0 && stream.find(type), "the embedded file is no stream");
        String dictionary = text.substring(begin, stream.start());
        require(!dictionary.contains("endobj"), "the embedded file is no stream");
        require(!ELSEWHERE.matcher(dictionary).find(), "an embedded file whose content is elsewhere");
        if (DEFLATED.matcher(dictionary).find()) {
            return inflate(pdf, stream.end());
        }
        require(!dictionary.contains("/Filter"), "an embedded file is deflated or stands as it is");
        Matcher length = LENGTH.matcher(dictionary);
        require(length.find(), "an embedded file that stands as it is says its length");
        int bytes = Integer.parseInt(length.group(1));
        require(bytes <= MAX_BYTES && stream.end() + bytes <= pdf.length, "an embedded file has at most 64 KiB");
        return Arrays.copyOfRange(pdf, stream.end(), stream.end() + bytes);
    }

    /** Where a word stands that may stand once. */
    static int only(String text, String word) throws MalformedException {
        return only(text, Pattern.compile(Pattern.quote(word)), word);
    }

    private static int only(String text, Pattern word, String name) throws MalformedException {
        Matcher matcher = word.matcher(text);
        require(matcher.find(), "a PDF without " + name);
        int at = matcher.start();
        require(!matcher.find(), "a PDF with more than one " + name);
        return at;
    }

    private static byte[] inflate(byte[] pdf, int from) throws MalformedException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(pdf, from, pdf.length - from);
            byte[] out = new byte[MAX_BYTES + 1];
            int read = 0;
            while (!inflater.finished() && read < out.length) {
                int more = inflater.inflate(out, read, out.length - read);
                require(more > 0 || inflater.finished(), "an embedded file that is cut off");
                read += more;
            }
            require(inflater.finished() && read <= MAX_BYTES, "an embedded file has at most 64 KiB");
            return Arrays.copyOf(out, read);
        } catch (DataFormatException e) {
            throw new MalformedException("", "an embedded file that cannot be inflated", e);
        } finally {
            inflater.end();
        }
    }
}
