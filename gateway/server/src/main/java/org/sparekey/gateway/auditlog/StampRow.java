// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * A digest under lease.
 *
 * @param log where its token is entered
 * @param failures questions that brought no token so far
 * @param epoch of the lease: an outcome under another one changes nothing
 */
record StampRow(
        long id,
        Digest digest,
        String what,
        LogName log,
        Optional<Tree> tree,
        Instant askedAt,
        int failures,
        long epoch) {

    static final String CHECKPOINT = "checkpoint";
    static final String DOCUMENT = "document";

    /** Of which tree the digest is the published checkpoint's. */
    record Tree(String origin, long size) {}
}
