// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.timestamp.cms.CmsTimeStamps;

/** Every bit of a stamp, one after the other: at length, and so apart from what judges one thing. */
class EveryBitTest {

    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final byte[] WORDS = "what was said".getBytes(StandardCharsets.UTF_8);
    private static final Digest STAMPED = Digest.sha256(WORDS);

    private final SmallTsa tsa = new SmallTsa();
    private final CmsTimeStamps stamps = new CmsTimeStamps();

    /** Some bits are in nobody's signature (a second certificate, a parameter); none of them changes what is believed. */
    @Test
    void no_single_bit_turns_a_stamp_into_another() {
        byte[] reply = tsa.stamp(WORDS, AT);
        int refused = 0;
        for (int bit = 0; bit < reply.length * 8; bit++) {
            byte[] altered = reply.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            TimeStampVerdict verdict = stamps.check(altered, STAMPED, tsa.roots());
            refused += verdict.match(
                    stamp -> {
                        assertThat(stamp.time()).isEqualTo(AT);
                        assertThat(stamp.serial()).isEqualTo(BigInteger.ONE);
                        assertThat(stamp.authority()).isEqualTo(SmallTsa.SUBJECT);
                        return 0;
                    },
                    fault -> 1);
        }
        assertThat(refused).isGreaterThan(reply.length * 8 * 9 / 10);
    }
}
