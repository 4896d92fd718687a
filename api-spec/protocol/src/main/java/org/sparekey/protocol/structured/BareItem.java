// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Base64;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Bytes;

/** The value of an item or of a parameter (RFC 8941 section 3.3). What can be constructed can be written. */
public sealed interface BareItem {

    /** The strict serialisation (RFC 8941 section 4.1). */
    String write();

    /** An integer of at most fifteen digits. */
    record Whole(long value) implements BareItem {

        /** RFC 8941 section 3.3.1. */
        public static final long MAX = 999_999_999_999_999L;

        public Whole {
            if (value > MAX || value < -MAX) {
                throw new IllegalArgumentException("an integer has at most fifteen digits");
            }
        }

        @Override
        public String write() {
            return Long.toString(value);
        }
    }

    /** A decimal of at most twelve digits before and three behind the point. */
    record Fraction(BigDecimal value) implements BareItem {

        private static final BigDecimal LIMIT = new BigDecimal("1000000000000");
        private static final int DIGITS = 3;

        public Fraction {
            value = value.setScale(DIGITS, RoundingMode.HALF_EVEN);
            if (value.abs().compareTo(LIMIT) >= 0) {
                throw new IllegalArgumentException("a decimal has at most twelve digits before the point");
            }
        }

        @Override
        public String write() {
            BigDecimal shortest = value.stripTrailingZeros();
            return shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
        }
    }

    /** A string of printable ASCII. */
    record Text(String value) implements BareItem {

        private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");

        public Text {
            if (!PRINTABLE.matcher(value).matches()) {
                throw new IllegalArgumentException("a string is printable ASCII");
            }
        }

        @Override
        public String write() {
            return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    /** A bare word. */
    record Token(String value) implements BareItem {

        private static final Pattern WORD = Pattern.compile("[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*");

        public Token {
            if (!WORD.matcher(value).matches()) {
                throw new IllegalArgumentException("not a token");
            }
        }

        @Override
        public String write() {
            return value;
        }
    }

    /** A byte sequence; base64 with padding between colons. */
    record Binary(Bytes value) implements BareItem {

        @Override
        public String write() {
            return ':' + Base64.getEncoder().encodeToString(value.array()) + ':';
        }
    }

    /** A boolean. */
    record Flag(boolean value) implements BareItem {

        public static final Flag TRUE = new Flag(true);

        @Override
        public String write() {
            return value ? "?1" : "?0";
        }
    }
}
