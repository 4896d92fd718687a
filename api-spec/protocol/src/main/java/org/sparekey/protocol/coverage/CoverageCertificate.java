// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

import java.time.Instant;
import org.sparekey.protocol.json.Bytes;

/**
 * What of a reseller's running assets was registered on one day: signed by the gateway's statement key and entered into
 * the log. It names no asset and no customer.
 *
 * @param day UTC, {@code 2026-03-10}
 * @param until the last comparison of that day; counts and shares of assets and addresses are as of then
 * @param assets matched running assets of running assets
 * @param addresses the same, counted by address
 * @param seconds the same, summed over the time of the day that was observed: VM-seconds
 * @param onward registered assets that end at an onward seller, whose customer this reseller does not know
 * @param complete whether every listing that bears on this was complete; else the shares speak of what was seen
 */
public record CoverageCertificate(
        int v,
        String type,
        String reseller,
        String day,
        Instant until,
        Share assets,
        Share addresses,
        Share seconds,
        StateCounts counts,
        int onward,
        boolean complete,
        Bytes salt) {

    public static final String TYPE = "coverage";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    public CoverageCertificate {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a coverage certificate of version 1");
        }
        if (!day.matches(DAY)) {
            throw new IllegalArgumentException("a day is written 2026-03-10");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
