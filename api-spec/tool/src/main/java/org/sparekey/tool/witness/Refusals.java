// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.witness.AddCheckpoint;

/**
 * What a witness refused, in its journal. Whoever has a checkpoint that the log signed can send it with any proof, again
 * and again: a checkpoint is written down whole once, and of all other lines a log gets so many a minute. Called by one
 * thread at a time.
 */
final class Refusals {

    /** For each log and minute; how many more there were is said in the next. */
    static final int LINES_A_MINUTE = 30;

    /** Checkpoints of a log between two cosignatures; a log publishes fewer than that in the time between. */
    static final int CHECKPOINTS = 1_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Consumer<String> journal;
    private final InstantSource clock;
    private final Map<String, OfLog> logs = new HashMap<>();

    Refusals(Consumer<String> journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    private static final class OfLog {
        private final Set<Digest> written = new HashSet<>();
        private Instant minute = Instant.MIN;
        private int lines;
        private long leftOut;
    }

    /** The log went on: what was refused before is not bigger than what is seen now, and is refused for its size. */
    void seen(String origin) {
        of(origin).written.clear();
    }

    /** Something that the log signed and that may prove a fork. */
    void proof(AddCheckpoint request, String words) {
        OfLog log = of(request.origin());
        // Its text and not the note: anybody can put one more line of a signature under it.
        Digest checkpoint = Digest.sha256(request.checkpoint().text().getBytes(StandardCharsets.UTF_8));
        if (log.written.contains(checkpoint) || log.written.size() >= CHECKPOINTS) {
            line(request.origin(), words + ", which is written down already");
            return;
        }
        log.written.add(checkpoint);
        journal.accept(words + "; the log signed " + Base64.getEncoder().encodeToString(request.bytes()));
    }

    /** Something that proves nothing. */
    void line(String origin, String words) {
        OfLog log = of(origin);
        Instant now = clock.instant();
        if (!now.isBefore(log.minute.plus(MINUTE))) {
            if (log.leftOut > 0) {
                journal.accept("left out " + log.leftOut + " more refusals for " + origin);
            }
            log.minute = now;
            log.lines = 0;
            log.leftOut = 0;
        }
        if (log.lines < LINES_A_MINUTE) {
            log.lines++;
            journal.accept(words);
        } else {
            log.leftOut++;
        }
    }

    /** Known logs only: a stranger's origin gets no line. */
    private OfLog of(String origin) {
        return logs.computeIfAbsent(origin, name -> new OfLog());
    }
}
