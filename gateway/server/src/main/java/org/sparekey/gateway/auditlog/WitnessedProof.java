// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.tree.LogProof;

/**
 * The proof of an entry under a published checkpoint that satisfies the configured policy. Only this room makes one: who
 * holds it need not ask again whether enough witnesses have seen the entry.
 */
public final class WitnessedProof {

    private final LogProof proof;

    WitnessedProof(LogProof proof) {
        this.proof = proof;
    }

    public LogProof proof() {
        return proof;
    }

    /** C2SP tlog-proof. */
    public byte[] bytes() {
        return proof.bytes();
    }
}
