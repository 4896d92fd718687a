// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * The protected header of a signed document (ETSI TS 119 182-1, baseline B): no other member is accepted, so {@code
 * jwk}, {@code jku}, {@code x5u}, {@code b64} and {@code crit} never reach a decision.
 *
 * @param alg the JWS algorithm; must be the one of the leaf's key
 * @param typ which of our documents this is, so that one never passes for another
 * @param x5c base64 (not url) DER certificates, leaf first: a path hint, never a reason to trust
 * @param x5t SHA-256 over the leaf's DER
 * @param iat signing time claimed by the signer, seconds since 1970
 */
public record DocumentHeader(
        String alg,
        String typ,
        List<String> x5c,
        @JsonProperty("x5t#S256") Digest x5t,
        long iat) {

    public static final int MAX_CHAIN = 5;

    /** The last second of the year 9999: a later one is no time that anything here can hold. */
    private static final long MAX_IAT = 253_402_300_799L;

    public DocumentHeader {
        x5c = List.copyOf(x5c);
        if (x5c.isEmpty() || x5c.size() > MAX_CHAIN) {
            throw new IllegalArgumentException("x5c holds 1 to 5 certificates");
        }
        if (iat < 0 || iat > MAX_IAT) {
            throw new IllegalArgumentException("iat is not a time");
        }
    }
}
