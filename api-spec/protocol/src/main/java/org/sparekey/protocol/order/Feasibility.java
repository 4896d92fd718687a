// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.List;

/**
 * What can be done for a verified order, and what else would help; not an answer to it, and nothing of a customer.
 *
 * @param liveCopy whether the running machine can be copied
 * @param pause whether its guest may notice a pause
 * @param encryptedVolume whether what is copied can be read without keys: nobody looks, so it is not known
 * @param alternatives the best first; orders of their own
 */
public record Feasibility(
        int v, String type, Chance liveCopy, Chance pause, Chance encryptedVolume, List<Alternative> alternatives) {

    public static final String TYPE = "feasibility";
    public static final int VERSION = 1;

    public enum Chance {
        YES,
        NO,
        UNKNOWN
    }

    /** What may be ordered instead, or beside. */
    public enum Alternative {
        PARTY_OF_RECORD,
        PRESERVE,
        BLOCK_ADDRESS,
        ON_SITE
    }

    public Feasibility {
        alternatives = List.copyOf(alternatives);
    }
}
