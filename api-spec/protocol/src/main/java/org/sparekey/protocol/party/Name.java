// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The forms that ids and texts of the list have. */
final class Name {

    static final int MAX_TEXT_CHARS = 200;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private Name() {}

    static void id(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an id is 1 to 63 of a-z, 0-9 and hyphens");
        }
    }

    static void country(String country) {
        if (!COUNTRY.matcher(country).matches()) {
            throw new IllegalArgumentException("a country is two capitals (ISO 3166-1)");
        }
    }

    static void texts(String... texts) {
        for (String text : texts) {
            if (text.isBlank() || text.length() > MAX_TEXT_CHARS) {
                throw new IllegalArgumentException("a text has 1 to 200 characters");
            }
        }
    }

    static void distinct(Collection<?> values, String complaint) {
        if (new HashSet<>(values).size() != values.size()) {
            throw new IllegalArgumentException(complaint);
        }
    }

    /** A holder has at most one key for each layer. */
    static void keys(List<KeyEnrolment> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a holder has at least one key");
        }
        distinct(keys.stream().map(KeyEnrolment::use).toList(), "a holder has one key for each use");
    }
}
