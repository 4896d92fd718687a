// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.party.AuthorityList;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signed lists of authorities on their way in. */
final class ImportTable {

    private static final String COLUMNS = " list_digest, list, awaited_leaf, in_force_at, done, stopped ";

    private final JdbcClient jdbc;

    ImportTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param done nothing moves it any more: it is in force or stopped */
    record Row(
            Digest digest,
            AuthorityList list,
            Digest leaf,
            Optional<Instant> inForceAt,
            boolean done,
            boolean stopped) {

        boolean inForce() {
            return done && !stopped;
        }
    }

    /** From here to their commit imports go one by one. */
    void turn() {
        jdbc.sql("SELECT true FROM parties_import_turn FOR UPDATE")
                .query(Boolean.class)
                .single();
    }

    /** False when the same list is there. */
    boolean insert(SignedDocument signed, Instant issuedAt, Digest leaf) {
        return jdbc.sql("""
            INSERT INTO parties_import (list_digest, list, issued_at, awaited_leaf)
            VALUES (:digest, :list, :issued, :leaf)
            ON CONFLICT DO NOTHING
            """)
                        .param("digest", signed.digest().array())
                        .param("list", signed.compact())
                        .param("issued", Timestamp.from(issuedAt))
                        .param("leaf", leaf.array())
                        .update()
                == 1;
    }

    /** Whether a list that the supervisor issued then or later was imported and not stopped. */
    boolean imported(Instant issuedAt) {
        return exists("NOT stopped", issuedAt);
    }

    /** Whether a list that the supervisor issued then or later is in force. */
    boolean inForce(Instant issuedAt) {
        return exists("done AND NOT stopped", issuedAt);
    }

    private boolean exists(String which, Instant issuedAt) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM parties_import WHERE issued_at >= :issued AND " + which + ")")
                .param("issued", Timestamp.from(issuedAt))
                .query(Boolean.class)
                .single();
    }

    Optional<Row> find(Digest digest) {
        return jdbc.sql("SELECT" + COLUMNS + "FROM parties_import WHERE list_digest = :digest")
                .param("digest", digest.array())
                .query(ImportTable::row)
                .optional();
    }

    Optional<Row> lock(Digest digest) {
        return jdbc.sql("SELECT" + COLUMNS + "FROM parties_import WHERE list_digest = :digest FOR UPDATE")
                .param("digest", digest.array())
                .query(ImportTable::row)
                .optional();
    }

    /** What time or the log may move on, as the supervisor issued them. */
    List<Digest> due(Instant now, int atMost) {
        return jdbc.sql("""
            SELECT list_digest FROM parties_import
            WHERE NOT done AND (in_force_at IS NULL OR in_force_at <= :now) ORDER BY issued_at LIMIT :most
            """)
                .param("now", Timestamp.from(now))
                .param("most", atMost)
                .query((row, number) -> Digest.of(row.getBytes("list_digest")))
                .list();
    }

    void inForceFrom(Digest digest, Instant at) {
        jdbc.sql("UPDATE parties_import SET in_force_at = :at WHERE list_digest = :digest")
                .param("at", Timestamp.from(at))
                .param("digest", digest.array())
                .update();
    }

    void done(Digest digest, boolean stopped) {
        jdbc.sql("UPDATE parties_import SET done = true, stopped = :stopped WHERE list_digest = :digest")
                .param("stopped", stopped)
                .param("digest", digest.array())
                .update();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                Digest.of(row.getBytes("list_digest")),
                read(row.getString("list")),
                Digest.of(row.getBytes("awaited_leaf")),
                Optional.ofNullable(row.getTimestamp("in_force_at")).map(Timestamp::toInstant),
                row.getBoolean("done"),
                row.getBoolean("stopped"));
    }

    private static AuthorityList read(String compact) {
        try {
            return SignedDocument.parse(compact).read(AuthorityList.TYPE, AuthorityList.class);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored list of authorities cannot be read", e);
        }
    }
}
