// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.gateway.keys.LogSigner;

/** One origin: its row, its signer, what the signer remembers, and where it is published. */
record Shard(ShardRow row, LogSigner signer, ForkGuard guard, PublishedFiles files) {

    LogName log() {
        return row.log();
    }

    String origin() {
        return row.origin();
    }

    /** A log's first shard begins with whatever comes; every later one with the entry that names the one before. */
    boolean continuing() {
        return row.number() > 0;
    }
}
