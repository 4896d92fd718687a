// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

/** Why a registration is not confirmed by what runs. */
public enum Mismatch {
    /** No complete listing of the hypervisors is fresh enough to say anything. */
    NOT_OBSERVED,
    /** Fewer than two independent identifiers agree with one guest. */
    TOO_FEW_IDENTIFIERS,
    /** The identifiers point at different guests. */
    CONTRADICTING,
    /** The reseller has not repeated the registration for 24 hours. */
    STALE
}
