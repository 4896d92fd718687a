// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each log anchors the other at a fixed time. The registry's entry has one size and no content: a salted commitment,
 * entered whether or not the case log grew, so that a reseller who reads his receipts learns nothing of orders.
 */
final class Anchors {

    private static final String WHAT = "anchor";

    private final Shards shards;
    private final Outbox outbox;
    private final Recordings recordings;
    private final JdbcClient app;
    private final TransactionTemplate appending;
    private final Duration every;
    private final InstantSource clock;
    private final SecureRandom random;

    Anchors(
            Shards shards,
            Outbox outbox,
            Recordings recordings,
            JdbcClient app,
            TransactionTemplate appending,
            Duration every,
            InstantSource clock,
            SecureRandom random) {
        this.shards = shards;
        this.outbox = outbox;
        this.recordings = recordings;
        this.app = app;
        this.appending = appending;
        this.every = every;
        this.clock = clock;
        this.random = random;
    }

    /** Claim and both entries commit together: of several replicas one anchors, and a crash leaves all of it or nothing. */
    boolean step() {
        return appending.execute(status -> {
            boolean due = due(clock.instant());
            if (due) {
                append(LogName.REGISTRY, ofCase());
                append(LogName.CASE, ofRegistry());
            }
            return due;
        });
    }

    /** Times are multiples of the period, however long the gateway was away; the first is the next. */
    private boolean due(Instant now) {
        long millis = every.toMillis();
        Timestamp next = Timestamp.from(Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), millis) + 1) * millis));
        int claimed = app.sql("UPDATE auditlog_schedule SET due_at = :next WHERE what = :what AND due_at <= :now")
                .param("next", next)
                .param("what", WHAT)
                .param("now", Timestamp.from(now))
                .update();
        if (claimed == 0) {
            app.sql("INSERT INTO auditlog_schedule (what, due_at) VALUES (:what, :next) ON CONFLICT DO NOTHING")
                    .param("what", WHAT)
                    .param("next", next)
                    .update();
        }
        return claimed == 1;
    }

    private Statement ofCase() {
        byte[] salt = new byte[CaseAnchor.SALT_BYTES];
        random.nextBytes(salt);
        String note = newest(LogName.CASE)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        CaseAnchor anchor = new CaseAnchor(CaseAnchor.VERSION, CaseAnchor.TYPE, note, Bytes.of(salt));
        return new Statement(
                LogName.REGISTRY,
                CaseAnchor.ENTRY_TYPE,
                Actor.GATEWAY,
                Optional.of(anchor.commitment().base64url()),
                Optional.empty(),
                Map.of(),
                Wire.write(anchor));
    }

    /** The registry's checkpoints are public; so the case log names it in clear. */
    private Statement ofRegistry() {
        byte[] note = newest(LogName.REGISTRY).orElse(new byte[0]);
        return new Statement(
                LogName.CASE,
                CaseAnchor.ENTRY_TYPE,
                Actor.GATEWAY,
                Optional.empty(),
                Optional.empty(),
                note.length == 0 ? Map.of() : ShardStart.clear(checkpoint(note)),
                note);
    }

    private void append(LogName log, Statement statement) {
        outbox.append(shards.current(log).origin(), statement);
    }

    private Optional<byte[]> newest(LogName log) {
        List<Shard> newestFirst = shards.of(log).reversed();
        return newestFirst.stream()
                .flatMap(shard -> recordings.checkpoint(shard.origin()).stream())
                .findFirst();
    }

    private static Checkpoint checkpoint(byte[] note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored checkpoint cannot be read", e);
        }
    }
}
