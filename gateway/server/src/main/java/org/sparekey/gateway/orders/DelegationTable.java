// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Delegations as they were signed; rows are added, and revoked once. */
final class DelegationTable {

    private static final String COLUMNS = "SELECT document, entry, revoked_at FROM orders_delegation ";

    private final JdbcClient jdbc;

    DelegationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param entry leaf hash of the entry that says it was given */
    record Row(SignedDocument document, Delegation said, Digest entry, Optional<Instant> revokedAt) {}

    void insert(SignedDocument document, Delegation said, Digest entry, Instant at) {
        jdbc.sql("""
                INSERT INTO orders_delegation
                    (digest, document, delegator, party, delegate, until_at, entry, entered_at)
                VALUES (:digest, :document, :delegator, :party, :delegate, :until, :entry, :at)
                """)
                .param("digest", document.digest().array())
                .param("document", document.compact())
                .param("delegator", said.delegator())
                .param("party", said.party())
                .param("delegate", said.delegate())
                .param("until", Timestamp.from(said.until()))
                .param("entry", entry.array())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Whoever enters or revokes one of this officer's waits here for the others. */
    void lock(String delegator) {
        jdbc.sql("SELECT digest FROM orders_delegation WHERE delegator = :delegator FOR UPDATE")
                .param("delegator", delegator)
                .query((row, n) -> n)
                .list();
    }

    Optional<Row> find(Digest digest) {
        return jdbc.sql(COLUMNS + "WHERE digest = :digest")
                .param("digest", digest.array())
                .query(DelegationTable::row)
                .optional();
    }

    /** Of this officer, neither over nor revoked. */
    int open(String delegator, Instant at) {
        return jdbc.sql("""
                SELECT count(*) FROM orders_delegation
                WHERE delegator = :delegator AND until_at > :at AND revoked_at IS NULL
                """)
                .param("delegator", delegator)
                .param("at", Timestamp.from(at))
                .query(Integer.class)
                .single();
    }

    /** @return false where it was before */
    boolean revoke(Digest digest, Instant at) {
        return jdbc.sql("UPDATE orders_delegation SET revoked_at = :at WHERE digest = :digest AND revoked_at IS NULL")
                        .param("at", Timestamp.from(at))
                        .param("digest", digest.array())
                        .update()
                == 1;
    }

    /** The newest first. */
    List<Row> newest(int atMost) {
        return jdbc.sql(COLUMNS + "ORDER BY entered_at DESC, digest LIMIT :atMost")
                .param("atMost", atMost)
                .query(DelegationTable::row)
                .list();
    }

    /** The newest first, of those that name this one. */
    List<Row> naming(String party, String delegate, int atMost) {
        return jdbc.sql(COLUMNS + """
                WHERE party = :party AND delegate = :delegate ORDER BY entered_at DESC, digest LIMIT :atMost
                """)
                .param("party", party)
                .param("delegate", delegate)
                .param("atMost", atMost)
                .query(DelegationTable::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        try {
            SignedDocument document = SignedDocument.parse(row.getString("document"));
            return new Row(
                    document,
                    document.read(Delegation.TYPE, Delegation.class),
                    Digest.of(row.getBytes("entry")),
                    Optional.ofNullable(row.getTimestamp("revoked_at")).map(Timestamp::toInstant));
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored delegation cannot be read", e);
        }
    }
}
