// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was attached to an order and what its verdict rested on; rows are only added. */
final class PaperTable {

    enum Kind {
        DOCUMENT,
        REVOCATION,
        ANSWER,
        SECOND_OPINION
    }

    private final JdbcClient jdbc;

    PaperTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(OrderId order, Kind kind, String type, byte[] content) {
        jdbc.sql("""
                INSERT INTO orders_paper (order_id, kind, digest, type, content)
                VALUES (:order, :kind, :digest, :type, :content)
                ON CONFLICT DO NOTHING
                """)
                .param("order", order.code())
                .param("kind", kind.name())
                .param("digest", Digest.sha256(content).array())
                .param("type", type)
                .param("content", content)
                .update();
    }

    void insert(OrderId order, RevocationEvidence evidence) {
        evidence.lists().forEach(list -> insert(order, Kind.REVOCATION, "application/pkix-crl", list));
        evidence.answers().forEach(answer -> insert(order, Kind.ANSWER, "application/ocsp-response", answer));
    }

    RevocationEvidence evidence(OrderId order) {
        return new RevocationEvidence(of(order, Kind.REVOCATION), of(order, Kind.ANSWER));
    }

    /** In the order of their digests. */
    List<byte[]> of(OrderId order, Kind kind) {
        return jdbc.sql("SELECT content FROM orders_paper WHERE order_id = :order AND kind = :kind ORDER BY digest")
                .param("order", order.code())
                .param("kind", kind.name())
                .query(byte[].class)
                .list();
    }
}
