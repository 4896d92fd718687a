// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.util.function.Function;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.signature.Fields;

/** An authentic answer of the gateway: signed by its pinned message key. */
public sealed interface Answer {

    /** The only exhaustive form. */
    <T> T match(Function<Granted, T> granted, Function<Refused, T> refused);

    /** Status below 400, bound to the request; the content is the digested one. */
    record Granted(int status, Fields headers, Bytes content) implements Answer {
        @Override
        public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused) {
            return granted.apply(this);
        }
    }

    /**
     * A problem (RFC 9457).
     *
     * @param bound false when the gateway did not verify the request's signature, so that it vouches for the problem
     *     but not for the request it answers
     */
    record Refused(ProblemDetails problem, Fields headers, boolean bound) implements Answer {
        @Override
        public <T> T match(Function<Granted, T> granted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
