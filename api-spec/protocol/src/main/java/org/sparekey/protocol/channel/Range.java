// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.signature.ContentDigest;
import org.sparekey.protocol.signature.Fields;

/**
 * A verified head of a volume's answer with its content still to be read, or the refusal.
 *
 * @param from first byte of the content within the whole
 * @param total length of the whole in bytes
 */
record Range(Optional<Answer.Refused> refusal, long from, long total, String etag, Digest whole, InputStream content) {

    private static final int PARTIAL_CONTENT = 206;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

    static Range refused(Answer.Refused refusal) {
        return new Range(Optional.of(refusal), 0, 0, "", Digest.sha256(new byte[0]), InputStream.nullInputStream());
    }

    static Range of(int status, Fields headers, InputStream content) throws ChannelException {
        long length = length(headers.value("content-length").orElse(""));
        Digest whole = whole(headers.value(ContentDigest.REPRESENTATION_FIELD).orElse(""));
        String etag = headers.value("etag").orElse("");
        if (status != PARTIAL_CONTENT) {
            return new Range(Optional.empty(), 0, length, etag, whole, content);
        }
        Matcher range = CONTENT_RANGE.matcher(headers.value("content-range").orElse(""));
        if (!range.matches()) {
            throw malformed("the answer's range cannot be read");
        }
        long from = Long.parseLong(range.group(1));
        long to = Long.parseLong(range.group(2));
        long total = Long.parseLong(range.group(3));
        if (to != total - 1 || length != total - from || length < 1) {
            throw malformed("the answer's range is not the rest of the volume");
        }
        return new Range(Optional.empty(), from, total, etag, whole, content);
    }

    private static long length(String text) throws ChannelException {
        if (!LENGTH.matcher(text).matches()) {
            throw malformed("the answer's length cannot be read");
        }
        return Long.parseLong(text);
    }

    private static Digest whole(String field) throws ChannelException {
        try {
            return ContentDigest.parse(field)
                    .sha256()
                    .map(bytes -> Digest.of(bytes.array()))
                    .orElseThrow(() -> malformed("a volume is digested by sha-256"));
        } catch (MalformedException | IllegalArgumentException e) {
            throw new ChannelException(ChannelFailure.MALFORMED, "the volume's digest cannot be read", e);
        }
    }

    private static ChannelException malformed(String message) {
        return new ChannelException(ChannelFailure.MALFORMED, message);
    }
}
