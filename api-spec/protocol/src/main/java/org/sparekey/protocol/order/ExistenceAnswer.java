// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * The hoster's signed answer to an existence check: whether there is anything that an order for the same target could reach.
 * Nobody's name, no interval, no machine.
 *
 * @param assurance how it was known that the order was its issuer's; absent in answers from before it was printed
 */
public record ExistenceAnswer(
        int v,
        String type,
        UUID orderId,
        Digest orderDigest,
        Target target,
        Held held,
        Optional<Assurance> assurance,
        Instant at,
        Bytes salt) {

    public static final String TYPE = "existence-answer";
    public static final int VERSION = 1;

    /** Whether something is held. */
    public enum Held {
        YES,
        NO,
        /** More than one machine answers to the target. */
        UNCERTAIN;

        public static Held of(Grade grade) {
            switch (grade) {
                case CERTAIN:
                case PROBABLE:
                    return YES;
                case AMBIGUOUS:
                    return UNCERTAIN;
                case UNKNOWN:
                    return NO;
            }
            throw new IllegalArgumentException("no such grade");
        }
    }

    public ExistenceAnswer {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an existence answer of version 1");
        }
        if (salt.length() != OrderDocument.SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
    }
}
