// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.tree.TilePath;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The files of a log below its prefix (C2SP tlog-tiles): checkpoint, vkey, tiles. */
final class LogFiles {

    private static final String CHECKPOINT = "checkpoint";
    private static final String VKEY = "vkey";

    private final AuditLog log;

    LogFiles(AuditLog log) {
        this.log = log;
    }

    /**
     * @param rest of the path behind {@code log/<name>}, empty or with its slash; with the year of a shard, or without for
     *     the current one
     * @param entries whether bundles of entries are given too, or hashes only
     */
    ResponseEntity<byte[]> answer(LogName name, String rest, boolean entries) {
        String path = rest.replaceFirst("^/", "");
        List<PublishedShard> shards = log.published(name);
        int slash = path.indexOf('/');
        String label = slash < 0 ? "" : path.substring(0, slash);
        Optional<PublishedShard> named =
                shards.stream().filter(shard -> shard.label().equals(label)).findFirst();
        PublishedShard shard = named.orElseGet(shards::getLast);
        String file = named.isPresent() ? path.substring(slash + 1) : path;
        return switch (file) {
            case CHECKPOINT -> ok(text(), shard.checkpoint().orElseThrow(LogFiles::absent));
            case VKEY -> ok(text(), (shard.vkey() + "\n").getBytes(StandardCharsets.UTF_8));
            default -> ok(MediaType.APPLICATION_OCTET_STREAM, tile(shard, file, entries));
        };
    }

    private static byte[] tile(PublishedShard shard, String file, boolean entries) {
        try {
            TilePath path = TilePath.parse(file);
            Optional<byte[]> tile = entries || path.level() != TilePath.ENTRIES ? shard.tile(path) : Optional.empty();
            return tile.orElseThrow(LogFiles::absent);
        } catch (MalformedException notATile) {
            throw absent();
        }
    }

    private static ResponseEntity<byte[]> ok(MediaType type, byte[] body) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .body(body);
    }

    private static MediaType text() {
        return new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.NOT_FOUND, "the log has no such file");
    }
}
