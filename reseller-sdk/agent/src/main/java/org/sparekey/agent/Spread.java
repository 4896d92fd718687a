// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sparekey.protocol.json.Bytes;

/**
 * When an unchanged machine is said once more. Machines that were changed together were said together once; said together
 * again at every round they would stay visible as a group. So each goes its own way after the first time: the instant
 * follows from the machine's name and from when it was said last, under a key that stays on this machine.
 */
record Spread(Bytes key) {

    static final int KEY_BYTES = 32;

    private static final String MAC = "HmacSHA256";
    private static final long ONE_IN = 1L << 31;

    /** Between {@link Instants#SAY_AGAIN_FROM} and {@link Instants#SAY_AGAIN_AFTER} behind what was said last. */
    Instant due(Remembered machine) {
        Duration between = Instants.SAY_AGAIN_AFTER.minus(Instants.SAY_AGAIN_FROM);
        long share = between.toMillis() * draw(machine.name() + "\n" + machine.said()) / ONE_IN;
        return machine.said().plus(Instants.SAY_AGAIN_FROM).plusMillis(share);
    }

    /** 31 bits that nobody without the key can tell from chance. */
    private long draw(String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.array(), MAC));
            byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return (digest[0] & 0x7FL) << 24 | (digest[1] & 0xFFL) << 16 | (digest[2] & 0xFFL) << 8 | digest[3] & 0xFFL;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + MAC, impossible);
        }
    }

    @Override
    public String toString() {
        return "Spread";
    }
}
