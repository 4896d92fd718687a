// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a file is asked for (RFC 9110 section 14). One range only: several, or a unit we do not know, are ignored, which
 * the RFC allows, and the whole is served.
 */
sealed interface ByteRange {

    record Whole() implements ByteRange {}

    /** @param from first byte; {@code to} last byte, inclusive */
    record Part(long from, long to) implements ByteRange {
        long length() {
            return to - from + 1;
        }
    }

    record Unsatisfiable() implements ByteRange {}

    Pattern ONE = Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{1,18})?|-(\\d{1,18}))");

    /**
     * @param range the Range field
     * @param ifRange the If-Range field: only the strong ETag of exactly this file keeps the range
     * @param length of the file
     */
    static ByteRange of(Optional<String> range, Optional<String> ifRange, String etag, long length) {
        boolean another = ifRange.filter(wanted -> !wanted.strip().equals(etag)).isPresent();
        Matcher one = ONE.matcher(range.orElse("").strip());
        if (range.isEmpty() || another || !one.matches()) {
            return new Whole();
        }
        if (one.group(3) != null) {
            return suffix(Long.parseLong(one.group(3)), length);
        }
        long from = Long.parseLong(one.group(1));
        long to = one.group(2) == null ? length - 1 : Long.parseLong(one.group(2));
        if (one.group(2) != null && to < from) {
            return new Whole(); // Invalid, hence ignored (section 14.1.1).
        }
        return from >= length ? new Unsatisfiable() : new Part(from, Math.min(to, length - 1));
    }

    private static ByteRange suffix(long count, long length) {
        return count == 0 || length == 0 ? new Unsatisfiable() : new Part(Math.max(0, length - count), length - 1);
    }
}
