// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.time.Instant;
import java.util.function.Function;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/** What a verifier says about a request. */
public sealed interface RequestVerdict {

    /** The only exhaustive form. */
    <T> T match(Function<Verified, T> verified, Function<Refused, T> refused);

    /**
     * The signature verifies and the content is the digested one. The receiver must now burn (keyId, nonce), before any
     * effect, and remember it until well past {@code expires}.
     */
    record Verified(Digest keyId, Bytes nonce, Instant created, Instant expires) implements RequestVerdict {
        @Override
        public <T> T match(Function<Verified, T> verified, Function<Refused, T> refused) {
            return verified.apply(this);
        }
    }

    record Refused(SignatureFault fault) implements RequestVerdict {
        @Override
        public <T> T match(Function<Verified, T> verified, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
