// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * What an officer needs to call back: whom, where, and what is done already.
 *
 * @param due whether this order waits for a call-back at all
 * @param done whether enough was confirmed and the cooling-off is over or waived
 * @param coolingOffUntil a person's first order rests until then
 * @param calls whom to call; numbers are the register's
 */
public record CallBackSheet(
        Digest orderDigest, boolean due, boolean done, Optional<Instant> coolingOffUntil, List<Call> calls) {

    public CallBackSheet {
        calls = List.copyOf(calls);
    }

    /** @param confirmedBy numbers of the officers whose calls count */
    public record Call(CallBackSubject subject, String authority, String number, List<String> confirmedBy) {

        public Call {
            confirmedBy = List.copyOf(confirmedBy);
        }
    }
}
