// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.start;

/** What this gateway is for. There is no default: nobody runs in a mode he did not choose. */
public enum Mode {
    /** Invented people, throw-away keys; everything is marked DEMO. */
    DEMO,
    /** Inventory, registry, intake and letters, without any right to capture. */
    OBSERVE,
    /** Refuses to start whenever a guarantee is absent. */
    PRODUCTION
}
