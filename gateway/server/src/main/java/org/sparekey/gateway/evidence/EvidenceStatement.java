// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

/** What this room says in the log beside the changes of an order's state. */
enum EvidenceStatement {
    /** Somebody of the authority fetches a file: written before its first byte leaves. */
    FETCHED("evidence.fetched");

    private final String type;

    EvidenceStatement(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
