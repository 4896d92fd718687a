// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.util.List;

/** The terminations that concern whoever asks, in the order of their dates. */
public record DeletionList(int v, String type, List<DeletionAnswer> deletions) {

    public static final String TYPE = "deletions";
    public static final int VERSION = 1;

    public DeletionList {
        deletions = List.copyOf(deletions);
    }
}
