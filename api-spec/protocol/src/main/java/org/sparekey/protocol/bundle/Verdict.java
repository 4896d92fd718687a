// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Locale;

/** The judgement in one word; {@link Wording} has a sentence for each. */
public enum Verdict {
    AUTHENTIC,
    NOT_AUTHENTIC,
    INCOMPLETE,
    KEYS_NOT_CONFIRMED;

    /** For machines: lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
