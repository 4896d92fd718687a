// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.witness.WitnessKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the witnesses signed; rows are only added. */
final class CosignatureTable {

    private final JdbcClient jdbc;

    CosignatureTable(JdbcClient sequencer) {
        this.jdbc = sequencer;
    }

    /**
     * A second answer to the same offer, of this or another replica, changes nothing. Neither does one over a checkpoint
     * that a rebuilt database does not list.
     */
    void insert(String origin, long size, WitnessKey witness, NoteSignature line, Instant at, Instant now) {
        jdbc.sql("""
                        INSERT INTO auditlog_cosignature (origin, size, witness, line, cosigned_at, received_at)
                        SELECT origin, size, :witness, :line, :at, :now FROM auditlog_checkpoint
                        WHERE origin = :origin AND size = :size ON CONFLICT DO NOTHING
                        """)
                .param("origin", origin)
                .param("size", size)
                .param("witness", name(witness))
                .param("line", line.line())
                .param("at", Timestamp.from(at))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** The lines under one checkpoint, by witness, in the order they came. */
    Map<String, NoteSignature> under(String origin, long size) {
        Map<String, NoteSignature> lines = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT witness, line FROM auditlog_cosignature WHERE origin = :origin AND size = :size
                        ORDER BY received_at, witness
                        """).param("origin", origin).param("size", size).query(row -> {
            lines.put(row.getString("witness"), line(row.getString("line")));
        });
        return lines;
    }

    /** The largest tree of this log that the witness cosigned as far as was stored; 0 for none. */
    long known(String origin, WitnessKey witness) {
        return jdbc.sql("""
                        SELECT coalesce(max(size), 0) FROM auditlog_cosignature
                        WHERE origin = :origin AND witness = :witness
                        """)
                .param("origin", origin)
                .param("witness", name(witness))
                .query(Long.class)
                .single();
    }

    /** Sizes from the given one on under which somebody cosigned, newest first. */
    List<Long> sizes(String origin, long from, int atMost) {
        return jdbc.sql("""
                        SELECT DISTINCT size FROM auditlog_cosignature WHERE origin = :origin AND size >= :from
                        ORDER BY size DESC LIMIT :atMost
                        """)
                .param("origin", origin)
                .param("from", from)
                .param("atMost", atMost)
                .query(Long.class)
                .list();
    }

    /** A witness with a new key is another witness. */
    static String name(WitnessKey witness) {
        return witness.name() + "+" + witness.keyId();
    }

    private static NoteSignature line(String stored) {
        try {
            return NoteSignature.parse(stored.stripTrailing());
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored cosignature", e);
        }
    }
}
