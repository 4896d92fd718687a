// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import java.util.Collection;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/** Judges time-stamps offline. An interface because this library must run without a CMS library beside it. */
@FunctionalInterface
public interface TimeStamps {

    /** Longest reply that is read; real ones, with their certificates, have 2 to 8 KiB. */
    int MAX_BYTES = 64 << 10;

    /**
     * @param reply a whole TimeStampResp in DER (RFC 3161 section 2.4.2), as {@code manifest.tsr} holds it
     * @param stamped SHA-256 of the bytes that were stamped
     * @param roots DER certificates of the time-stamp authorities that are trusted; one inside the reply counts for nothing
     */
    TimeStampVerdict check(byte[] reply, Digest stamped, Collection<Bytes> roots);
}
