// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import java.time.Instant;

/**
 * A code for the authority's side, to be said when the hoster calls. It stands in this answer and nowhere else.
 *
 * @param orderId the gateway's code of the order
 */
public record GivenCode(String orderId, CallBackSubject subject, String code, Instant expiresAt) {

    @Override
    public String toString() {
        return "GivenCode[" + orderId + " " + subject + "]";
    }
}
