// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.function.Function;

/** What a line turned out to be. */
public sealed interface LineReading {

    /** The only exhaustive way to look at it. */
    <T> T match(Function<Good, T> good, Function<Bad, T> bad);

    record Good(RegistrationLine line) implements LineReading {
        @Override
        public <T> T match(Function<Good, T> good, Function<Bad, T> bad) {
            return good.apply(this);
        }
    }

    /** @param pointer RFC 6901; empty for the whole line */
    record Bad(LineRefusal refusal, String pointer) implements LineReading {
        @Override
        public <T> T match(Function<Good, T> good, Function<Bad, T> bad) {
            return bad.apply(this);
        }
    }
}
