// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp.cms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.sparekey.protocol.json.Digest;

/**
 * A question to a time-stamp authority (RFC 3161 section 2.4.1); it always asks for the certificate.
 *
 * @param stamped SHA-256 of the bytes to stamp: the authority never sees them
 * @param nonce positive, random: it ties the answer to this question
 * @param policy object identifier that the authority must apply; empty leaves it the choice
 */
public record TimeStampQuery(Digest stamped, BigInteger nonce, Optional<String> policy) {

    /** Bits of a nonce; RFC 3161 suggests 64. */
    public static final int NONCE_BITS = 64;

    public static final String CONTENT_TYPE = "application/timestamp-query";
    public static final String REPLY_CONTENT_TYPE = "application/timestamp-reply";

    public TimeStampQuery {
        if (nonce.signum() <= 0) {
            throw new IllegalArgumentException("a nonce is positive");
        }
        policy.ifPresent(ASN1ObjectIdentifier::new);
    }

    /** TimeStampReq in DER. */
    public byte[] bytes() {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        policy.ifPresent(oid -> generator.setReqPolicy(new ASN1ObjectIdentifier(oid)));
        try {
            return generator
                    .generate(TSPAlgorithms.SHA256, stamped.array(), nonce)
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
