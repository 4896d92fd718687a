// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.util.List;

/** Terminations beyond a party's usual number, which wait for two officers: shown to officers only. */
public record BulkList(int v, String type, List<Group> groups) {

    public static final String TYPE = "bulk-deletions";
    public static final int VERSION = 1;

    /**
     * One day of one party.
     *
     * @param group such as {@code BLK-7Q4F-2KX9}
     * @param deletions codes of those that wait, at most a thousand
     */
    public record Group(String group, String party, List<String> deletions) {
        public Group {
            deletions = List.copyOf(deletions);
        }
    }

    public BulkList {
        groups = List.copyOf(groups);
    }
}
