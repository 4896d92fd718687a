// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The attempts and their files. Every change of state names the state before, so that of two workers one loses. */
final class AttemptTable {

    private static final String SELECT = """
            SELECT order_code, attempt, state, lease_epoch, folder, ticket, expires_at, intent_leaf, manifest,
                   release_leaf, destruction_leaf
            FROM evidence_attempt
            """;

    private final JdbcClient jdbc;

    AttemptTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void announce(Attempt attempt) {
        jdbc.sql("""
                INSERT INTO evidence_attempt
                    (order_code, attempt, state, lease_epoch, folder, ticket, expires_at, intent_leaf)
                VALUES (:order, :attempt, 'announced', :epoch, :folder, :ticket, :expiresAt, :intent)
                """)
                .param("order", attempt.order().code())
                .param("attempt", attempt.number())
                .param("epoch", attempt.leaseEpoch())
                .param("folder", attempt.folder())
                .param("ticket", attempt.ticket())
                .param("expiresAt", Timestamp.from(attempt.expiresAt()))
                .param("intent", attempt.intentLeaf().array())
                .update();
    }

    /** From here on the guest may have been touched. @return false when another worker was faster */
    boolean run(Attempt attempt, long epoch) {
        return jdbc.sql("""
                UPDATE evidence_attempt SET state = 'running', lease_epoch = :epoch
                WHERE order_code = :order AND attempt = :attempt AND state = 'announced'
                """)
                        .param("epoch", epoch)
                        .param("order", attempt.order().code())
                        .param("attempt", attempt.number())
                        .update()
                == 1;
    }

    /** @return false when the attempt was taken for lost meanwhile: then its files are never delivered */
    boolean seal(Attempt attempt, long epoch, SignedDocument manifest, Digest outcome, List<StoredFile> files) {
        int sealed = jdbc.sql("""
                UPDATE evidence_attempt SET state = 'sealed', manifest = :manifest, outcome_leaf = :outcome
                WHERE order_code = :order AND attempt = :attempt AND state = 'running' AND lease_epoch = :epoch
                """)
                .param("manifest", manifest.compact())
                .param("outcome", outcome.array())
                .param("order", attempt.order().code())
                .param("attempt", attempt.number())
                .param("epoch", epoch)
                .update();
        if (sealed == 1) {
            files.forEach(file -> insert(attempt, file));
        }
        return sealed == 1;
    }

    private void insert(Attempt attempt, StoredFile file) {
        jdbc.sql("""
                INSERT INTO evidence_file (order_code, attempt, name, length, digest)
                VALUES (:order, :attempt, :name, :length, :digest)
                """)
                .param("order", attempt.order().code())
                .param("attempt", attempt.number())
                .param("name", file.name())
                .param("length", file.length())
                .param("digest", file.digest().array())
                .update();
    }

    boolean lose(Attempt attempt, Digest outcome) {
        return jdbc.sql("""
                UPDATE evidence_attempt SET state = 'lost', outcome_leaf = :outcome
                WHERE order_code = :order AND attempt = :attempt AND state IN ('announced', 'running')
                """)
                        .param("outcome", outcome.array())
                        .param("order", attempt.order().code())
                        .param("attempt", attempt.number())
                        .update()
                == 1;
    }

    /** The same copy under another order's name: its files are not copied. */
    boolean takeOver(OrderId order, Attempt from, long epoch, Digest outcome) {
        int taken = jdbc.sql("""
                INSERT INTO evidence_attempt (order_code, attempt, state, lease_epoch, folder, ticket, expires_at,
                    intent_leaf, manifest, outcome_leaf, copy_of)
                SELECT :order, 1, 'sealed', :epoch, folder, ticket, expires_at, intent_leaf, manifest, :outcome, order_code
                FROM evidence_attempt WHERE order_code = :from AND attempt = :attempt AND state = 'sealed'
                    AND destruction_leaf IS NULL
                """)
                .param("order", order.code())
                .param("epoch", epoch)
                .param("outcome", outcome.array())
                .param("from", from.order().code())
                .param("attempt", from.number())
                .update();
        jdbc.sql("""
                INSERT INTO evidence_file (order_code, attempt, name, length, digest)
                SELECT :order, 1, name, length, digest FROM evidence_file
                WHERE order_code = :from AND attempt = :attempt
                """)
                .param("order", order.code())
                .param("from", from.order().code())
                .param("attempt", from.number())
                .update();
        return taken == 1;
    }

    void release(OrderId order, Digest leaf) {
        jdbc.sql("UPDATE evidence_attempt SET release_leaf = :leaf WHERE order_code = :order AND state = 'sealed'")
                .param("leaf", leaf.array())
                .param("order", order.code())
                .update();
    }

    Optional<Attempt> find(OrderId order, int attempt) {
        return jdbc.sql(SELECT + "WHERE order_code = :order AND attempt = :attempt")
                .param("order", order.code())
                .param("attempt", attempt)
                .query(AttemptTable::attempt)
                .optional();
    }

    /** The one attempt of the order that may be delivered. */
    Optional<Attempt> sealed(OrderId order) {
        return jdbc.sql(SELECT + "WHERE order_code = :order AND state = 'sealed'")
                .param("order", order.code())
                .query(AttemptTable::attempt)
                .optional();
    }

    /** Those that have begun and have no end yet. */
    List<Attempt> open() {
        return jdbc.sql(SELECT + "WHERE state IN ('announced', 'running') ORDER BY order_code, attempt")
                .query(AttemptTable::attempt)
                .list();
    }

    List<Attempt> of(OrderId order) {
        return jdbc.sql(SELECT + "WHERE order_code = :order ORDER BY attempt")
                .param("order", order.code())
                .query(AttemptTable::attempt)
                .list();
    }

    /** The files of a delivery, by name. */
    List<StoredFile> files(Attempt attempt) {
        return jdbc.sql("""
                SELECT name, length, digest FROM evidence_file
                WHERE order_code = :order AND attempt = :attempt ORDER BY name
                """)
                .param("order", attempt.order().code())
                .param("attempt", attempt.number())
                .query((row, n) ->
                        new StoredFile(row.getString("name"), row.getLong("length"), Digest.of(row.getBytes("digest"))))
                .list();
    }

    private static Attempt attempt(ResultSet row, int n) throws SQLException {
        return new Attempt(
                new OrderId(row.getString("order_code")),
                row.getInt("attempt"),
                Attempt.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("lease_epoch"),
                row.getString("folder"),
                row.getString("ticket"),
                row.getTimestamp("expires_at").toInstant(),
                Digest.of(row.getBytes("intent_leaf")),
                Optional.ofNullable(row.getString("manifest")).map(AttemptTable::stored),
                Optional.ofNullable(row.getBytes("release_leaf")).map(Digest::of),
                row.getBytes("destruction_leaf") != null);
    }

    private static SignedDocument stored(String compact) {
        try {
            return SignedDocument.parse(compact);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored manifest cannot be read", e);
        }
    }
}
