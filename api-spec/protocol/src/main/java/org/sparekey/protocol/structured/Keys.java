// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.util.regex.Pattern;

/** The grammar of dictionary and parameter keys (RFC 8941 section 3.1.2). */
final class Keys {

    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");

    private Keys() {}

    static void check(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a structured field key");
        }
    }
}
