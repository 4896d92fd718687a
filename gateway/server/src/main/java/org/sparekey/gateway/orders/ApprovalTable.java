// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.json.MalformedException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Approvals as they came, round by round; rows are only added. */
final class ApprovalTable {

    private final JdbcClient jdbc;

    ApprovalTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(OrderId order, int round, int number, byte[] json, ApprovalVerdict.Valid approval, Instant at) {
        jdbc.sql("""
                INSERT INTO orders_approval
                    (order_id, round, number, approval, digest, officer, key_id, decision, recorded_at)
                VALUES (:order, :round, :number, :approval, :digest, :officer, :key, :decision, :at)
                """)
                .param("order", order.code())
                .param("round", round)
                .param("number", number)
                .param("approval", json)
                .param("digest", approval.approval().digest().array())
                .param("officer", approval.officer().person())
                .param("key", approval.officer().keyId().array())
                .param("decision", approval.statement().decision().name())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Whether this very approval was given before, in whatever round. */
    boolean given(Approval approval) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM orders_approval WHERE digest = :digest)")
                .param("digest", approval.digest().array())
                .query(Boolean.class)
                .single();
    }

    /** In the order they came. */
    List<Approval> of(OrderId order, int round) {
        return dated(order, round).stream().map(Dated::approval).toList();
    }

    /** @param recordedAt time of its entry */
    record Dated(Approval approval, Instant recordedAt) {}

    /** In the order they came. */
    List<Dated> dated(OrderId order, int round) {
        return jdbc.sql("""
                SELECT approval, recorded_at FROM orders_approval
                WHERE order_id = :order AND round = :round ORDER BY number
                """)
                .param("order", order.code())
                .param("round", round)
                .query((row, number) -> new Dated(
                        read(row.getBytes("approval")),
                        row.getTimestamp("recorded_at").toInstant()))
                .list();
    }

    private static Approval read(byte[] json) {
        try {
            return Approval.parse(json);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored approval cannot be read", e);
        }
    }
}
