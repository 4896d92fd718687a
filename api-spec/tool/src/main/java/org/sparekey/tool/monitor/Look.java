// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.util.List;

/**
 * What one look at a log found.
 *
 * @param size leaves under the checkpoint; -1 when there was none to read
 * @param witnesses that have cosigned it, by their names in the policy
 * @param words one sentence for people
 */
public record Look(Finding finding, String origin, long size, List<String> witnesses, String words) {

    public Look {
        witnesses = List.copyOf(witnesses);
    }

    /** What it amounts to. */
    public enum Finding {
        /** The same log as before, and perhaps longer. */
        CONSISTENT,
        /** Nothing could be read, or not all of it. */
        UNREACHABLE,
        /** Too few witnesses have cosigned what is published. */
        NOT_WITNESSED,
        /** It was signed, and witnessed, longer ago than asked for: something newer may be shown to others. */
        STALE,
        /** A log of the trust file, and not the one that was asked for. */
        OTHER_LOG,
        /** The signature is not the log's, or the note is none. */
        NOT_SIGNED,
        /** Smaller than what was published before. */
        WENT_BACK,
        /** Another history than the one that was published before. */
        FORKED,
        /** The tiles do not give the signed root. */
        TILES_DIFFER
    }
}
