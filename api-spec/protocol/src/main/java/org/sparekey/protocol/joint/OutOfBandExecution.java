// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * The after-entry of the paper protocol: an order was executed by hand while the gateway could not. It repairs nothing: the
 * execution stays outside everything the gateway proves, and every bundle and report says so for ever.
 *
 * @param order the gateway's code of the order, where it knows the order
 * @param authority id of the authority that ordered it
 * @param orderDigest SHA-256 of the order as it came: the compact JWS, or the scan of the paper
 * @param protocolDigest SHA-256 of the scan of the filled-in paper protocol
 * @param handedOver SHA-256 of each file that was handed over, as it was written on the paper
 * @param reason why the gateway was not used
 * @param officers the two who signed the paper, and sign this
 */
public record OutOfBandExecution(
        int v,
        String type,
        Optional<String> order,
        String authority,
        Digest orderDigest,
        Digest protocolDigest,
        List<Digest> handedOver,
        Instant startedAt,
        Instant finishedAt,
        Reason reason,
        List<String> officers,
        Instant time,
        Bytes salt)
        implements OfficersStatement {

    public static final String TYPE = "out-of-band-execution";
    public static final int VERSION = 1;

    /** The type of the log entry whose payload this statement is, with its proofs. */
    public static final String ENTRY_TYPE = "evidence.out-of-band";

    /** Clear fields of the entry: {@link #REASON}, {@link #FINISHED_AT} and {@link #LATE}, true or false. */
    public static final String REASON = "reason";

    public static final String FINISHED_AT = "finishedAt";
    public static final String LATE = "late";

    /** By when the after-entry is due; a later one is taken too, and says so. */
    public static final Duration DUE_WITHIN = Duration.ofHours(24);

    public static final int MAX_FILES = 1024;

    /** Why. */
    public enum Reason {
        /** It did not answer. */
        GATEWAY_DOWN,
        /** Its log had stopped itself. */
        LOG_STOPPED,
        /** Too few witnesses cosigned. */
        WITNESSES_AWAY
    }

    public OutOfBandExecution {
        handedOver = List.copyOf(handedOver);
        officers = OfficersStatement.two(officers);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an out-of-band execution of version 1");
        }
        if (salt.length() != SALT_BYTES || authority.isEmpty() || authority.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a salt has 32 bytes, and an authority an id");
        }
        if (handedOver.size() > MAX_FILES || startedAt.isAfter(finishedAt) || finishedAt.isAfter(time)) {
            throw new IllegalArgumentException("it begins, ends and is signed for, in this order");
        }
    }

    /** Whether the entry of this time came too late. */
    public boolean late(Instant enteredAt) {
        return enteredAt.isAfter(finishedAt.plus(DUE_WITHIN));
    }
}
