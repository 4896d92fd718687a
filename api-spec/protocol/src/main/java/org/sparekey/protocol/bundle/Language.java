// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Locale;

/** The languages in which a judgement is explained. */
public enum Language {
    EN,
    NL;

    /** Dutch for Dutch readers, English for everybody else. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals("nl") ? NL : EN;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
