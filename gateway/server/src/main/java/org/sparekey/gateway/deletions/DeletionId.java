// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.SpokenGroups;

/** The gateway's name of a deletion, such as {@code DEL-7Q4F-2KX9}: forty random bits, which count nothing. */
record DeletionId(String code) {

    private static final int GROUPS = 2;
    private static final String BULK = "BLK-";
    private static final Pattern FORM = Pattern.compile("DEL-" + SpokenGroups.pattern(GROUPS));

    DeletionId {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("a deletion's code looks like DEL-7Q4F-2KX9");
        }
    }

    /** Empty for whatever is not of the form: such a deletion does not exist. */
    static Optional<DeletionId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DeletionId(text)) : Optional.empty();
    }

    static DeletionId random(SecureRandom random) {
        return new DeletionId("DEL-" + SpokenGroups.random(random, GROUPS));
    }

    /** The name of one party's day. */
    static String group(SecureRandom random) {
        return BULK + SpokenGroups.random(random, GROUPS);
    }

    @Override
    public String toString() {
        return code;
    }
}
