// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Arrays;
import java.util.Optional;

/** Why the log was stopped for good: each is evidence of a restored, altered or copied database, or of altered files. */
public enum StopReason {
    /** The database holds less than was signed, published or witnessed. */
    RESTORED_BEHIND_LOG("restored-behind-log"),
    /** Two roots for one size, or a tree that does not begin with the signed or witnessed one. */
    FORKED("forked"),
    /** Something was signed, yet the guard that must remember it is gone. */
    GUARD_MISSING("guard-missing"),
    /** An entry, a hash or the head in the database is not what was written. */
    ALTERED("altered"),
    /** A published file has other bytes than the database gives for it. */
    DIFFERING_TILE("differing-tile");

    private final String text;

    StopReason(String text) {
        this.text = text;
    }

    static Optional<StopReason> of(String text) {
        return Arrays.stream(values())
                .filter(reason -> reason.text.equals(text))
                .findFirst();
    }

    /** As health and alarms show it. */
    public String text() {
        return text;
    }
}
