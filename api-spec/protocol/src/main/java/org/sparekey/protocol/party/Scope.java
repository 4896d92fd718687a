// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

/** What a person's access tokens may be used for; an order's own right comes from the matrix, never from a scope. */
public enum Scope {
    REGISTRATIONS,
    ORDERS,
    /** A judge's: to take back what he authorised, and nothing else. */
    WITHDRAWALS,
    APPROVALS,
    /** An outside co-approver's: to see and decide what waits for a second one, and nothing else. */
    CO_APPROVALS,
    EVIDENCE,
    LOG,
    /** The hoster's own panel: to say what is terminated, and to ask before a disk is really deleted. */
    DELETIONS
}
