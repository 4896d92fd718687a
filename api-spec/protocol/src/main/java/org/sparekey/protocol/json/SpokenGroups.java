// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import java.security.SecureRandom;

/** Groups of four characters, twenty bits each, that survive a telephone: Crockford's base 32, without I, L, O and U. */
public final class SpokenGroups {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUP_CHARS = 4;
    private static final String GROUP = "[" + ALPHABET + "]{" + GROUP_CHARS + "}";

    private SpokenGroups() {}

    /** The regular expression of so many groups with hyphens between them. @param count at least 1 */
    public static String pattern(int count) {
        return GROUP + "(?:-" + GROUP + "){" + (count - 1) + "}";
    }

    /** @param count of groups, at least 1 */
    public static String random(SecureRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count * GROUP_CHARS; i++) {
            text.append(i > 0 && i % GROUP_CHARS == 0 ? "-" : "")
                    .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
