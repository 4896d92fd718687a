// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.EntryBundle;
import org.sparekey.protocol.tree.TileNodes;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads one log's tiles and bundles from the database; a partial tile is the beginning of its row. */
final class Tiles {

    private final JdbcClient jdbc;
    private final String origin;

    Tiles(JdbcClient jdbc, String origin) {
        this.jdbc = jdbc;
        this.origin = origin;
    }

    /** @throws LogStoppedException when the database has less than the tree has */
    byte[] read(TilePath path) {
        return path.level() == TilePath.ENTRIES ? bundle(path) : hashes(path);
    }

    TileNodes nodes(long treeSize) {
        return new TileNodes(treeSize, this::read);
    }

    private byte[] hashes(TilePath path) {
        int length = path.width() * Digest.LENGTH_BYTES;
        byte[] hashes = jdbc.sql("""
                        SELECT substring(hashes FROM 1 FOR :length) FROM auditlog_tile
                        WHERE origin = :origin AND level = :level AND tile_index = :index
                        """)
                .param("length", length)
                .param("origin", origin)
                .param("level", path.level())
                .param("index", path.index())
                .query(byte[].class)
                .optional()
                .orElse(new byte[0]);
        if (hashes.length != length) {
            throw new LogStoppedException(StopReason.ALTERED, origin);
        }
        return hashes;
    }

    /** What was signed are the hashes: an entry that is not theirs is not published. */
    private void requireHashed(List<byte[]> entries, byte[] hashes) {
        for (int i = 0; i < entries.size(); i++) {
            int at = i * Digest.LENGTH_BYTES;
            Digest hashed = Digest.of(Arrays.copyOfRange(hashes, at, at + Digest.LENGTH_BYTES));
            if (!LogEntry.leafHash(entries.get(i)).equals(hashed)) {
                throw new LogStoppedException(StopReason.ALTERED, origin);
            }
        }
    }

    private byte[] bundle(TilePath path) {
        long first = path.index() * TilePath.FULL;
        List<byte[]> entries = new ArrayList<>(jdbc.sql("""
                        SELECT bytes FROM auditlog_entry
                        WHERE origin = :origin AND leaf_index >= :first AND leaf_index < :end
                        ORDER BY leaf_index
                        """)
                .param("origin", origin)
                .param("first", first)
                .param("end", first + path.width())
                .query(byte[].class)
                .list());
        if (entries.size() != path.width()) {
            throw new LogStoppedException(StopReason.ALTERED, origin);
        }
        requireHashed(entries, hashes(new TilePath(0, path.index(), path.width())));
        return EntryBundle.encode(entries);
    }
}
