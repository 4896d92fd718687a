// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.List;

/**
 * The entries of one origin outside the database: the published entry bundles, or the mirror. A copy is never believed;
 * whoever rebuilds from it compares the root with what was signed.
 */
public interface LogCopy {

    /** The log whose entries these claim to be. */
    String origin();

    /**
     * Signed notes that lie beside the entries: how far the copy goes may be known nowhere else, when guard and published
     * files were restored with the database. Whoever rebuilds looks whether the log's key signed them.
     */
    default List<byte[]> checkpoints() {
        return List.of();
    }

    /**
     * The exact bytes of the next entries, in index order and without a gap, beginning at index 0.
     *
     * @return at most that many; empty once the copy has no more
     */
    List<byte[]> next(int atMost);
}
