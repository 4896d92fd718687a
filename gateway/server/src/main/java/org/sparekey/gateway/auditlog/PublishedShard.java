// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.util.Optional;
import org.sparekey.protocol.tree.TilePath;

/** One shard as it is published: what readers of this year, and of years ago, are given. */
public final class PublishedShard {

    private final ShardRow row;
    private final String vkey;
    private final PublishedFiles files;

    private PublishedShard(ShardRow row, String vkey, PublishedFiles files) {
        this.row = row;
        this.vkey = vkey;
        this.files = files;
    }

    static PublishedShard of(Shard shard) {
        return new PublishedShard(shard.row(), shard.signer().key().vkey(), shard.files());
    }

    public String origin() {
        return row.origin();
    }

    /** What the origin ends in: the year. */
    public String label() {
        return row.label();
    }

    /** Whether two officers closed it because signed entries of it are missing: nothing of it is judged by them any more. */
    public boolean lost() {
        return row.lost();
    }

    /** The public key as C2SP writes it, one line. */
    public String vkey() {
        return vkey;
    }

    /** The published checkpoint, a signed note. */
    public Optional<byte[]> checkpoint() {
        return files.checkpoint();
    }

    /** A published tile or entry bundle; who may see it is the caller's to check. */
    public Optional<byte[]> tile(TilePath path) {
        return files.tile(path);
    }

    public Path directory() {
        return files.directory();
    }
}
