// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of orders. Every change happens under the row's lock ({@link #lock}) and in the caller's transaction. */
final class OrderTable {

    static final String COLUMNS = """
        order_id, authority, document_id, authentic, kind, order_digest, order_jws, validator_jws, matrix_row,
        matrix_version, received_at, deadline, state, state_detail, needs, version, case_seq, last_leaf, frozen,
        verified_leaf, whereabouts, answer_jws, round, basis, recipients, releasable, attempt, manifest_digest,
        hold_until, hand_due, lease_epoch, lease_until
        """;

    private final JdbcClient jdbc;

    OrderTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when a genuine order of this authority with this id exists, or the code is taken. */
    boolean insert(OrderId id, OrderRow.Filed filed, OrderState state, Optional<String> needs, OrderRow.Chain chain) {
        return jdbc.sql("""
            INSERT INTO orders_order
                (order_id, authority, document_id, authentic, kind, order_digest, order_jws, validator_jws,
                 matrix_row, matrix_version, received_at, deadline, state, state_detail, needs, version,
                 case_seq, last_leaf)
            VALUES (:id, :authority, :document, :authentic, :kind, :digest, :order, :validator,
                 :row, :matrix, :received, :deadline, :state, :detail, :needs, 1, :seq, :leaf)
            ON CONFLICT DO NOTHING
            """)
                        .param("id", id.code())
                        .param("authority", filed.authority())
                        .param("document", filed.documentId())
                        .param("authentic", filed.authentic())
                        .param("kind", filed.kind().name())
                        .param("digest", filed.digest().array())
                        .param("order", filed.orderJws())
                        .param("validator", filed.validatorJws().orElse(null))
                        .param("row", filed.matrixRow().orElse(null))
                        .param("matrix", filed.matrixVersion())
                        .param("received", Timestamp.from(filed.receivedAt()))
                        .param("deadline", Timestamp.from(filed.deadline()))
                        .param("state", state.word())
                        .param("detail", StateText.detail(state).orElse(null))
                        .param("needs", needs.orElse(null))
                        .param("seq", chain.caseSeq())
                        .param("leaf", chain.lastLeaf().array())
                        .update()
                == 1;
    }

    Optional<OrderRow> find(OrderId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM orders_order WHERE order_id = :id")
                .param("id", id.code())
                .query(OrderRows::row)
                .optional();
    }

    /** One question for all of them; nothing is asked where there are none. */
    Map<OrderId, Long> versions(Set<OrderId> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        Map<OrderId, Long> versions = new HashMap<>();
        jdbc.sql("SELECT order_id, version FROM orders_order WHERE order_id IN (:orders)")
                .param("orders", orders.stream().map(OrderId::code).toList())
                .query(row -> {
                    versions.put(new OrderId(row.getString("order_id")), row.getLong("version"));
                });
        return versions;
    }

    /** Waits for whoever changes the order now. */
    Optional<OrderRow> lock(OrderId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM orders_order WHERE order_id = :id FOR UPDATE")
                .param("id", id.code())
                .query(OrderRows::row)
                .optional();
    }

    Optional<OrderId> genuine(String authority, UUID documentId) {
        return jdbc.sql("""
            SELECT order_id FROM orders_order
            WHERE authority = :authority AND document_id = :document AND authentic
            """)
                .param("authority", authority)
                .param("document", documentId)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .optional();
    }

    /** Whoever's genuine orders of this id. */
    List<OrderId> genuine(UUID documentId) {
        return jdbc.sql("SELECT order_id FROM orders_order WHERE document_id = :document AND authentic")
                .param("document", documentId)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** An authority's orders, or everybody's where it is absent; newest first. */
    List<OrderRow> newest(Optional<String> authority, int atMost) {
        return jdbc.sql("SELECT " + COLUMNS + """
            FROM orders_order WHERE :authority::text IS NULL OR authority = :authority
            ORDER BY received_at DESC, order_id LIMIT :most
            """)
                .param("authority", authority.orElse(null))
                .param("most", atMost)
                .query(OrderRows::row)
                .list();
    }

    /** An authority's orders behind this one, or from the newest on. */
    List<OrderId> newest(String authority, Optional<OrderId> behind, int atMost) {
        return jdbc.sql("""
            SELECT order_id FROM orders_order
            WHERE authority = :authority
              AND (:behind::text IS NULL OR (received_at, order_id) <
                (SELECT o.received_at, o.order_id FROM orders_order o WHERE o.order_id = :behind))
            ORDER BY received_at DESC, order_id DESC LIMIT :most
            """)
                .param("authority", authority)
                .param("behind", behind.map(OrderId::code).orElse(null))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** Held and lacking nothing, or in review without a basis: what the room itself goes on with. Oldest first. */
    List<OrderId> waiting(Optional<OrderId> behind, int atMost) {
        return jdbc.sql("""
            SELECT order_id FROM orders_order
            WHERE NOT frozen
                  AND NOT EXISTS (SELECT FROM orders_suspension s
                       WHERE s.authority = orders_order.authority AND s.lifted_at IS NULL)
                  AND ((state = 'held' AND needs IS NULL)
                    OR (state = 'oral' AND needs IS NULL AND whereabouts IS NULL)
                    OR (state = 'review' AND basis IS NULL))
                  AND (:behind::text IS NULL OR (received_at, order_id) >
                    (SELECT o.received_at, o.order_id FROM orders_order o WHERE o.order_id = :behind))
                  AND\s""" + TakingBack.NONE_WAITS + """
            ORDER BY received_at, order_id LIMIT :most
            """)
                .param("behind", behind.map(OrderId::code).orElse(null))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** Frozen data whose own term is over, and that waited for a production order which has ended. */
    List<OrderId> waitedFor(Instant now, int atMost) {
        return jdbc.sql("""
            SELECT o.order_id FROM orders_order o JOIN orders_order child ON child.order_id = o.state_detail
            WHERE NOT o.frozen AND o.state = 'linked' AND o.hold_until <= :now AND child.state IN (:ended)
            ORDER BY o.received_at LIMIT :most
            """)
                .param("now", Timestamp.from(now))
                .param("ended", StateText.ENDED)
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    /** Rows whose case goes on; compared with the log at start. */
    List<OrderRow> open() {
        return jdbc.sql("SELECT " + COLUMNS + """
                FROM orders_order
                WHERE NOT frozen AND state NOT IN (:ended)
                """)
                .param("ended", StateText.ENDED)
                .query(OrderRows::row)
                .list();
    }

    /** Work for the evidence room, which copies and does nothing else, that nobody has under lease; locked, so that two workers take two orders. */
    Optional<OrderRow> due(Instant now) {
        return jdbc.sql("SELECT " + COLUMNS + """
                FROM orders_order
                WHERE NOT frozen AND (lease_until IS NULL OR lease_until <= :now)
                  AND (kind = 'SNAPSHOT_COPY' OR (kind = 'PRESERVATION' AND state IN ('approved', 'executing')))
                  AND (state = 'executing' OR NOT EXISTS (SELECT FROM orders_suspension s
                       WHERE s.authority = orders_order.authority AND s.lifted_at IS NULL))
                  AND (state IN ('approved', 'executing') OR (state IN ('secured', 'released') AND releasable))
                  AND (state = 'executing' OR\s""" + TakingBack.NONE_WAITS + """
                  )
                ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
                .param("now", Timestamp.from(now))
                .query(OrderRows::row)
                .optional();
    }

    /** Whether the authority is not suspended. */
    boolean served(String authority) {
        return jdbc.sql("""
                SELECT NOT EXISTS (SELECT FROM orders_suspension WHERE authority = :authority AND lifted_at IS NULL)
                """).param("authority", authority).query(Boolean.class).single();
    }

    /** Whether anything goes on with it: its authority is served, and no withdrawal of it waits for its call-back. */
    boolean goesOn(OrderRow row) {
        return served(row.filed().authority())
                && jdbc.sql("SELECT " + TakingBack.NONE_WAITS + " FROM orders_order WHERE order_id = :order")
                        .param("order", row.id().code())
                        .query(Boolean.class)
                        .single();
    }

    void lease(OrderId id, long epoch, Instant until) {
        jdbc.sql("UPDATE orders_order SET lease_epoch = :epoch, lease_until = :until WHERE order_id = :id")
                .param("epoch", epoch)
                .param("until", Timestamp.from(until))
                .param("id", id.code())
                .update();
    }

    void endLease(OrderId id) {
        jdbc.sql("UPDATE orders_order SET lease_until = NULL WHERE order_id = :id")
                .param("id", id.code())
                .update();
    }

    void move(OrderId id, OrderState state) {
        jdbc.sql("""
            UPDATE orders_order SET state = :state, state_detail = :detail, version = version + 1
            WHERE order_id = :id
            """)
                .param("state", state.word())
                .param("detail", StateText.detail(state).orElse(null))
                .param("id", id.code())
                .update();
    }

    void chain(OrderId id, OrderRow.Chain chain) {
        jdbc.sql("UPDATE orders_order SET case_seq = :seq, last_leaf = :leaf WHERE order_id = :id")
                .param("seq", chain.caseSeq())
                .param("leaf", chain.lastLeaf().array())
                .param("id", id.code())
                .update();
    }

    void verified(OrderId id, Digest leaf, Instant holdUntil) {
        jdbc.sql("UPDATE orders_order SET verified_leaf = :leaf, hold_until = :until WHERE order_id = :id")
                .param("leaf", leaf.array())
                .param("until", Timestamp.from(holdUntil))
                .param("id", id.code())
                .update();
    }

    /** The clock stood still so long. */
    void deadline(OrderId id, Duration later) {
        jdbc.sql("UPDATE orders_order SET deadline = deadline + make_interval(secs => :seconds) WHERE order_id = :id")
                .param("seconds", later.toMillis() / 1000.0)
                .param("id", id.code())
                .update();
    }

    void needsNothing(OrderId id) {
        jdbc.sql("UPDATE orders_order SET needs = NULL, version = version + 1 WHERE order_id = :id")
                .param("id", id.code())
                .update();
    }

    void held(OrderId id, Optional<Instant> until) {
        jdbc.sql("UPDATE orders_order SET hold_until = :until WHERE order_id = :id")
                .param("until", until.map(Timestamp::from).orElse(null))
                .param("id", id.code())
                .update();
    }

    void located(OrderId id, Whereabouts whereabouts) {
        jdbc.sql("UPDATE orders_order SET whereabouts = :whereabouts WHERE order_id = :id")
                .param("whereabouts", Wire.write(whereabouts))
                .param("id", id.code())
                .update();
    }

    void answered(OrderId id, String answer) {
        jdbc.sql("UPDATE orders_order SET answer_jws = :answer WHERE order_id = :id")
                .param("answer", answer)
                .param("id", id.code())
                .update();
    }

    /** A visible change: whoever signs for an older basis has an older ETag. */
    void basis(OrderId id, ApprovalBasis basis, List<byte[]> recipients) {
        jdbc.sql("""
            UPDATE orders_order SET basis = :basis, recipients = :recipients, version = version + 1
            WHERE order_id = :id
            """)
                .param("basis", Wire.write(basis))
                .param("recipients", recipients.toArray(byte[][]::new))
                .param("id", id.code())
                .update();
    }

    void newRound(OrderId id) {
        jdbc.sql("""
            UPDATE orders_order SET round = round + 1, basis = NULL, recipients = '{}', releasable = false
            WHERE order_id = :id
            """).param("id", id.code()).update();
    }

    /** Another approval: a visible change also where the state stays. */
    void approved(OrderId id, boolean releasable) {
        jdbc.sql("UPDATE orders_order SET releasable = :releasable, version = version + 1 WHERE order_id = :id")
                .param("releasable", releasable)
                .param("id", id.code())
                .update();
    }

    void attempt(OrderId id, int attempt) {
        jdbc.sql("UPDATE orders_order SET attempt = :attempt WHERE order_id = :id")
                .param("attempt", attempt)
                .param("id", id.code())
                .update();
    }

    void manifest(OrderId id, Digest digest) {
        jdbc.sql("UPDATE orders_order SET manifest_digest = :digest WHERE order_id = :id")
                .param("digest", digest.array())
                .param("id", id.code())
                .update();
    }
}
