// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

/** The two logs of a gateway: with one tree, a reseller with two receipts would see an order's entries go by. */
public enum LogName {
    /** Registrations and reconciliation; its checkpoints and hash tiles are public. */
    REGISTRY("registry"),
    /** Orders, evidence, keys, alarms; never public. */
    CASE("case");

    private final String text;

    LogName(String text) {
        this.text = text;
    }

    /** As it stands in origins, paths and file names. */
    public String text() {
        return text;
    }
}
