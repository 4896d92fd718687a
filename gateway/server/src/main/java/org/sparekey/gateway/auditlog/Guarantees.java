// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

/**
 * What a recorded entry is worth here, for whoever must decide whether that is enough.
 *
 * @param policy in the words of tlog-policy
 */
public record Guarantees(String policy, boolean witnessed, boolean timeStamped) {

    static final Guarantees NONE = new Guarantees("quorum none", false, false);
}
