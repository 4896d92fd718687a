// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

/** What a person's access tokens may be used for; an order's own right comes from the matrix, never from a scope. */
public enum Scope {
    REGISTRATIONS,
    ORDERS,
    /** A judge's: to take back what he authorised, and nothing else. */
    WITHDRAWALS,
    APPROVALS,
    EVIDENCE,
    LOG
}
