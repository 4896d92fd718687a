// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.function.Function;
import org.sparekey.protocol.json.Digest;

/** What a verifier says about an answer. */
public sealed interface ResponseVerdict {

    /** The only exhaustive form. */
    <T> T match(Function<Bound, T> bound, Function<Unbound, T> unbound, Function<Refused, T> refused);

    /**
     * The answer is the gateway's and answers this very request.
     *
     * @param volume the content is one range of a representation whose digest is signed: it is not checked yet, and
     *     proves itself only when the whole representation was put together and digested
     */
    record Bound(Digest keyId, boolean volume) implements ResponseVerdict {
        @Override
        public <T> T match(Function<Bound, T> bound, Function<Unbound, T> unbound, Function<Refused, T> refused) {
            return bound.apply(this);
        }
    }

    /** The gateway's, but to no request that it verified; only ever an error (status 400 and up). */
    record Unbound(Digest keyId) implements ResponseVerdict {
        @Override
        public <T> T match(Function<Bound, T> bound, Function<Unbound, T> unbound, Function<Refused, T> refused) {
            return unbound.apply(this);
        }
    }

    record Refused(SignatureFault fault) implements ResponseVerdict {
        @Override
        public <T> T match(Function<Bound, T> bound, Function<Unbound, T> unbound, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
