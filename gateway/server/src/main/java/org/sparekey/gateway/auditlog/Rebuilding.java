// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.tree.Checkpoint;

/** What became of rebuilding one origin from a copy. */
public sealed interface Rebuilding {

    /**
     * Every entry up to the last guarded or published checkpoint is in the database again.
     *
     * @param from size before
     * @param head what the copy was verified against
     */
    record Rebuilt(long from, Checkpoint head) implements Rebuilding {}

    /** The database is as far as what was signed: nothing was written. */
    record Level(long size) implements Rebuilding {}

    /**
     * The copy ends before what was signed: nothing was written. What is missing may be in another copy; where it is in
     * none, two officers close the origin.
     */
    record Incomplete(long has, long needed) implements Rebuilding {}

    /** The copy, or the database, is not the beginning of what was signed: nothing was written. */
    record Forged(String reason) implements Rebuilding {}
}
