// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** A UUIDv7 (RFC 9562 section 5.7) for each request: how the hoster finds a failure, and nothing more. */
final class RequestIds {

    private static final int RANDOM_A_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long BELOW_VARIANT = 0x3fff_ffff_ffff_ffffL;

    private final InstantSource clock;
    private final SecureRandom random;

    RequestIds(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** {@code urn:uuid:...} */
    String next() {
        long high = clock.millis() << 16 | VERSION_7 | random.nextInt(1 << RANDOM_A_BITS);
        long low = VARIANT | random.nextLong() & BELOW_VARIANT;
        return "urn:uuid:" + new UUID(high, low);
    }
}
