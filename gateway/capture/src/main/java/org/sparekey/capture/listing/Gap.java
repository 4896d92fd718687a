// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

import java.util.Locale;

/**
 * What a listing does not cover.
 *
 * @param place the node, the guest's id or the address that was asked; never what it answered
 */
public record Gap(String place, Reason reason) {

    public enum Reason {
        /** Nothing answered, or not in time. */
        UNREACHABLE,
        /** The cluster itself says that this node is away. */
        NODE_OFFLINE,
        /** The cluster has lost its majority: what it says may be old. */
        NO_QUORUM,
        /** The account may not see every guest. */
        NOT_PERMITTED,
        /** The answer is not what it must be. */
        MALFORMED,
        /** A guest came, went or moved while the guests were listed. */
        CHANGED_WHILE_LISTED,
        /** More than any installation runs, or than this gateway takes. */
        TOO_LARGE;

        /** Lower case with hyphens, as in log lines. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return place + " " + reason.code();
    }
}
