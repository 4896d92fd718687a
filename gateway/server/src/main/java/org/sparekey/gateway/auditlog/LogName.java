// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Arrays;

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

    /** @throws IllegalArgumentException for another name */
    public static LogName of(String text) {
        return Arrays.stream(values())
                .filter(log -> log.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no log of this name"));
    }

    /** As it stands in origins, paths and file names. */
    public String text() {
        return text;
    }
}
