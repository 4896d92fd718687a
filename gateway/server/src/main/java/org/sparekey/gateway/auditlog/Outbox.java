// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.log.Commitment;
import org.sparekey.protocol.log.LogActor;
import org.sparekey.protocol.log.LogEntry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes an entry once, as canonical bytes, into the outbox, and what it commits to into the erasable table. */
final class Outbox {

    private static final String FIRST = """
            WITH handed_over AS (
                INSERT INTO auditlog_outbox (origin, id, leaf_hash, bytes, time, type, case_id, case_seq)
                VALUES (:origin, :id, :leafHash, :bytes, :time, :type, :caseId, :caseSeq)
                RETURNING leaf_hash
            )
            INSERT INTO auditlog_payload (leaf_hash, salt, payload)
            SELECT leaf_hash, :salt, :payload FROM handed_over
            """;

    private static final String FOLLOWING = """
            WITH previous AS (
                SELECT 1 FROM auditlog_outbox
                WHERE leaf_hash = :prev AND case_id = :caseId AND case_seq = :caseSeq - 1
                UNION ALL
                SELECT 1 FROM auditlog_entry
                WHERE leaf_hash = :prev AND case_id = :caseId AND case_seq = :caseSeq - 1
            ), handed_over AS (
                INSERT INTO auditlog_outbox (origin, id, leaf_hash, bytes, time, type, case_id, case_seq)
                SELECT :origin, :id, :leafHash, :bytes, :time, :type, :caseId, :caseSeq
                WHERE EXISTS (SELECT FROM previous)
                  AND NOT EXISTS (SELECT FROM auditlog_entry WHERE case_id = :caseId AND case_seq = :caseSeq)
                RETURNING leaf_hash
            )
            INSERT INTO auditlog_payload (leaf_hash, salt, payload)
            SELECT leaf_hash, :salt, :payload FROM handed_over
            """;

    private final JdbcClient app;
    private final InstantSource clock;
    private final SecureRandom random;

    Outbox(JdbcClient app, InstantSource clock, SecureRandom random) {
        this.app = app;
        this.clock = clock;
        this.random = random;
    }

    Pending append(String origin, Statement statement) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] salt = new byte[Commitment.SALT_BYTES];
        random.nextBytes(salt);
        LogEntry entry = new LogEntry(
                LogEntry.VERSION,
                origin,
                statement.type(),
                uuidV7(now),
                now,
                new LogActor(statement.actor().role(), statement.actor().keyId()),
                statement.subject(),
                statement.link().map(CaseLink::caseId),
                statement.link().map(CaseLink::caseSeq),
                statement.link().flatMap(CaseLink::prev),
                statement.clear(),
                Commitment.to(Bytes.of(salt), statement.payload()));
        byte[] bytes = entry.bytes();
        Digest leafHash = LogEntry.leafHash(bytes);
        insert(entry, bytes, leafHash, salt, statement.payload());
        return new Pending(origin, entry.id(), leafHash, now);
    }

    /**
     * One statement, because a round trip costs more than the rows. A room that lost its place in a case, or was restored to
     * one that the log has left behind, would break the case's chain for every verifier: nothing is inserted then.
     */
    private void insert(LogEntry entry, byte[] bytes, Digest leafHash, byte[] salt, byte[] payload) {
        JdbcClient.StatementSpec insert = app.sql(entry.prev().isPresent() ? FOLLOWING : FIRST)
                .param("origin", entry.origin())
                .param("id", entry.id())
                .param("leafHash", leafHash.array())
                .param("bytes", bytes)
                .param("time", Timestamp.from(entry.time()))
                .param("type", entry.type())
                .param("caseId", entry.caseId().orElse(null), Types.VARCHAR)
                .param("caseSeq", entry.caseSeq().orElse(null), Types.BIGINT)
                .param("salt", salt)
                .param("payload", payload);
        entry.prev().ifPresent(prev -> insert.param("prev", prev.array()));
        if (insert.update() != 1) {
            throw new IllegalArgumentException("the case's previous entry is another one");
        }
    }

    /** RFC 9562 section 5.7: 48 bits of milliseconds, version 7, variant 2, the rest random. */
    private UUID uuidV7(Instant now) {
        long high = now.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low);
    }
}
