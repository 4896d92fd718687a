// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.sparekey.protocol.registration.LengthPrefixed.utf8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;

/**
 * The customer of one asset in one month, readable by the reseller alone. Two assets of one customer have unrelated
 * pseudonyms; a link key disclosed for a month finds that customer's assets of that month and of no other.
 */
public final class Pseudonym {

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);
    private static final String LINK_KEY = "cust";
    private static final int MIN_SECRET_BYTES = 32;

    private Pseudonym() {}

    /**
     * HMAC-SHA-256(k, domain || vpsRef) with k = HMAC-SHA-256(secret, domain || len-prefixed("cust", hoster, customer,
     * month)); domain is {@code sparekey/pseudonym/v1} and a zero byte, lengths are four bytes big-endian, month is the
     * UTC month of validFrom as {@code 2026-11}.
     *
     * @param resellerSecret at least 32 random bytes, which never leave the reseller
     * @param hosterId the hoster's name as the gateway's parties list it, so that two hosters cannot compare
     * @param validFrom of the registration; a pseudonym is never issued anew for a month that has passed
     */
    public static Digest of(
            byte[] resellerSecret, String hosterId, String customerId, Instant validFrom, String vpsRef) {
        if (resellerSecret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("a reseller's secret has at least 32 bytes");
        }
        byte[] parts =
                LengthPrefixed.of(utf8(LINK_KEY), utf8(hosterId), utf8(customerId), utf8(MONTH.format(validFrom)));
        return Digest.of(hmac(hmac(resellerSecret, parts), utf8(vpsRef)));
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(Domain.PSEUDONYM.prefix());
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
