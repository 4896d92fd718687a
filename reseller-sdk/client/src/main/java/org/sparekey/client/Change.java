// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

/**
 * What a synchronisation would send for a machine.
 *
 * @param asset cluster/vm
 */
public record Change(Kind kind, String asset) {

    public enum Kind {
        /** Not registered yet. */
        NEW,
        /** Registered otherwise than it is now. */
        CHANGED,
        /** Registered, and no longer in the complete listing. */
        GONE
    }
}
