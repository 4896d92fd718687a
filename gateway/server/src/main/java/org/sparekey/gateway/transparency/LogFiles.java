// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
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
     * @param path below {@code log/<name>/}, with or without the year of the current shard
     * @param entries whether bundles of entries are given too, or hashes only
     */
    ResponseEntity<byte[]> answer(LogName name, String path, boolean entries) {
        String origin = log.origin(name);
        String year = origin.substring(origin.lastIndexOf('/') + 1) + "/";
        String file = path.startsWith(year) ? path.substring(year.length()) : path;
        return switch (file) {
            case CHECKPOINT ->
                ok(text(), CacheControl.noStore(), log.checkpoint(name).orElseThrow(LogFiles::absent));
            case VKEY -> ok(text(), CacheControl.noStore(), (log.vkey(name) + "\n").getBytes(StandardCharsets.UTF_8));
            default -> ok(MediaType.APPLICATION_OCTET_STREAM, CacheControl.noStore(), tile(name, file, entries));
        };
    }

    private byte[] tile(LogName name, String file, boolean entries) {
        try {
            TilePath path = TilePath.parse(file);
            Optional<byte[]> tile =
                    entries || path.level() != TilePath.ENTRIES ? log.tile(name, path) : Optional.empty();
            return tile.orElseThrow(LogFiles::absent);
        } catch (MalformedException notATile) {
            throw absent();
        }
    }

    private static ResponseEntity<byte[]> ok(MediaType type, CacheControl cache, byte[] body) {
        return ResponseEntity.ok().contentType(type).cacheControl(cache).body(body);
    }

    private static MediaType text() {
        return new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    }

    private static ProblemException absent() {
        return new ProblemException(Problem.NOT_FOUND, "the log has no such file");
    }
}
