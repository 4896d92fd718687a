// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.callback.CallBackRecord;
import org.sparekey.protocol.callback.CallBackSubject;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Codes that were given out and calls that were made; changed under the order's lock only. */
final class CallBackTable {

    private final JdbcClient jdbc;

    CallBackTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The one code that may be said now. */
    record OpenCode(Digest digest, Instant expiresAt, int tries) {}

    /** @param recordedAt time of its entry */
    record Stored(SignedDocument signed, CallBackRecord record, Instant recordedAt) {}

    /** A newer code closes the older one. */
    void give(OrderId order, CallBackSubject subject, Digest digest, Instant at, Instant expires) {
        close(order, subject);
        jdbc.sql("""
            INSERT INTO orders_call_back_code (order_id, subject, code_digest, given_at, expires_at)
            VALUES (:order, :subject, :digest, :at, :expires)
            """)
                .param("order", order.code())
                .param("subject", subject.name())
                .param("digest", digest.array())
                .param("at", Timestamp.from(at))
                .param("expires", Timestamp.from(expires))
                .update();
    }

    Optional<OpenCode> open(OrderId order, CallBackSubject subject) {
        return jdbc.sql("""
            SELECT code_digest, expires_at, tries FROM orders_call_back_code
            WHERE order_id = :order AND subject = :subject AND open
            """)
                .param("order", order.code())
                .param("subject", subject.name())
                .query((row, number) -> new OpenCode(
                        Digest.of(row.getBytes("code_digest")),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getInt("tries")))
                .optional();
    }

    /** Every code ever given out for this order and subject. */
    Set<Digest> given(OrderId order, CallBackSubject subject) {
        return new HashSet<>(jdbc.sql("""
            SELECT code_digest FROM orders_call_back_code WHERE order_id = :order AND subject = :subject
            """)
                .param("order", order.code())
                .param("subject", subject.name())
                .query((row, number) -> Digest.of(row.getBytes("code_digest")))
                .list());
    }

    int givenCount(OrderId order) {
        return jdbc.sql("SELECT count(*) FROM orders_call_back_code WHERE order_id = :order")
                .param("order", order.code())
                .query(Integer.class)
                .single();
    }

    void tried(OrderId order, CallBackSubject subject, int tries) {
        jdbc.sql("""
            UPDATE orders_call_back_code SET tries = :tries
            WHERE order_id = :order AND subject = :subject AND open
            """)
                .param("tries", tries)
                .param("order", order.code())
                .param("subject", subject.name())
                .update();
    }

    void close(OrderId order, CallBackSubject subject) {
        jdbc.sql("""
            UPDATE orders_call_back_code SET open = false WHERE order_id = :order AND subject = :subject AND open
            """)
                .param("order", order.code())
                .param("subject", subject.name())
                .update();
    }

    void insert(OrderId order, int number, SignedDocument signed, CallBackRecord record, Issuer issuer, Instant at) {
        jdbc.sql("""
            INSERT INTO orders_call_back
                (order_id, number, subject, outcome, officer, record, issuer_authority, issuer_person, recorded_at)
            VALUES (:order, :number, :subject, :outcome, :officer, :record, :authority, :person, :at)
            """)
                .param("order", order.code())
                .param("number", number)
                .param("subject", record.subject().name())
                .param("outcome", record.outcome().name())
                .param("officer", record.officer())
                .param("record", signed.compact())
                .param("authority", issuer.authority())
                .param("person", issuer.person())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** In the order they came. */
    List<Stored> of(OrderId order) {
        return jdbc.sql("SELECT record, recorded_at FROM orders_call_back WHERE order_id = :order ORDER BY number")
                .param("order", order.code())
                .query((row, number) -> stored(
                        row.getString("record"), row.getTimestamp("recorded_at").toInstant()))
                .list();
    }

    /** Other orders of this person that somebody confirmed by then, the oldest first: where to look, and no proof. */
    List<OrderId> confirmed(Issuer issuer, OrderId butThis, Instant before, int atMost) {
        return jdbc.sql("""
            SELECT o.order_id FROM orders_order o
            WHERE o.order_id <> :order AND o.state <> 'refused'
              AND EXISTS (SELECT FROM orders_call_back c
                WHERE c.order_id = o.order_id AND c.issuer_authority = :authority AND c.issuer_person = :person
                  AND c.subject = 'ISSUER' AND c.outcome = 'CONFIRMED' AND c.recorded_at <= :before)
            ORDER BY o.received_at LIMIT :most
            """)
                .param("order", butThis.code())
                .param("authority", issuer.authority())
                .param("person", issuer.person())
                .param("before", Timestamp.from(before))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** Orders in review, or on paper and not looked up, that officers have called back about: where a rest may be over. */
    List<OrderId> resting(Optional<OrderId> behind, int atMost) {
        return jdbc.sql("""
            SELECT order_id FROM orders_order
            WHERE NOT frozen
              AND NOT EXISTS (SELECT FROM orders_suspension s
                WHERE s.authority = orders_order.authority AND s.lifted_at IS NULL)
              AND kind <> 'WITHDRAWAL'
              AND EXISTS (SELECT FROM orders_call_back c WHERE c.order_id = orders_order.order_id)
              AND ((state IN ('held', 'oral') AND needs = :called)
                OR (state = 'review' AND basis IS NOT NULL
                  AND EXISTS (SELECT FROM orders_approval a WHERE a.order_id = orders_order.order_id)))
              AND (:behind::text IS NULL OR (received_at, order_id) >
                (SELECT o.received_at, o.order_id FROM orders_order o WHERE o.order_id = :behind))
            ORDER BY received_at, order_id LIMIT :most
            """)
                .param("called", CallBacks.NEEDED)
                .param("behind", behind.map(OrderId::code).orElse(null))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    private static Stored stored(String compact, Instant at) {
        try {
            SignedDocument signed = SignedDocument.parse(compact);
            return new Stored(signed, signed.read(CallBackRecord.TYPE, CallBackRecord.class), at);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored call-back cannot be read", e);
        }
    }
}
