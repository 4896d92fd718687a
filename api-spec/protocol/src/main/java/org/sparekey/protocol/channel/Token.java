// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.time.Instant;

/** An access token; it never prints itself. */
final class Token {

    private final String value;
    private final Instant until;

    Token(String value, Instant until) {
        this.value = value;
        this.until = until;
    }

    String authorization() {
        return "Bearer " + value;
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }

    @Override
    public String toString() {
        return "Token[until " + until + "]";
    }
}
