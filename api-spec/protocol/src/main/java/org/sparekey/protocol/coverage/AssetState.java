// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

/** What a comparison of registrations with the hypervisors' listings says about one asset (3-signed-api, Reconciliation). */
public enum AssetState {
    /** At least two independent identifiers agree with one guest, and the reseller said so in the last 24 hours. */
    MATCHED,
    /** A guest runs for more than an hour and no registration claims it. */
    UNREGISTERED,
    /** A registration in force has no guest in a provably complete listing. */
    GHOST,
    /** Everything agrees, but the reseller has not repeated it for 24 hours. */
    STALE,
    /** The identifiers point at different guests, or only one of them at any. */
    CONTRADICTING,
    /** Two registrations claim one guest, or two guests bear what one registration names. */
    DUPLICATE,
    /** Ended, and nothing of it runs. */
    RETIRED
}
