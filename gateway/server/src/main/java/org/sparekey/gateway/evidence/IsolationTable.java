// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The attempts at taking guests off the net. Every change of state names the state before, so that of two workers one loses. */
final class IsolationTable {

    /** More guests than one hoster has off the net at once; the oldest first. */
    static final int AT_ONCE = 1_000;

    private static final String SELECT = """
            SELECT order_code, attempt, state, lease_epoch, expires_at, asset, intent_leaf, links_before, restore_leaf
            FROM evidence_isolation
            """;

    private final JdbcClient jdbc;

    IsolationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void announce(Isolation isolation) {
        jdbc.sql("""
                INSERT INTO evidence_isolation
                    (order_code, attempt, state, lease_epoch, expires_at, asset, intent_leaf)
                VALUES (:order, :attempt, 'announced', :epoch, :expiresAt, :asset, :intent)
                """)
                .param("order", isolation.order().code())
                .param("attempt", isolation.number())
                .param("epoch", isolation.leaseEpoch())
                .param("expiresAt", Timestamp.from(isolation.expiresAt()))
                .param("asset", Wire.write(isolation.asset()))
                .param("intent", isolation.intentLeaf().array())
                .update();
    }

    /** From here on a link may be cut, and what the links were is kept. @return false when another worker was faster */
    boolean run(Isolation isolation, long epoch, GuestLinks before) {
        return jdbc.sql("""
                UPDATE evidence_isolation SET state = 'running', lease_epoch = :epoch, links_before = :before
                WHERE order_code = :order AND attempt = :attempt AND state = 'announced'
                """)
                        .param("epoch", epoch)
                        .param("before", Wire.write(before))
                        .param("order", isolation.order().code())
                        .param("attempt", isolation.number())
                        .update()
                == 1;
    }

    boolean restoring(Isolation isolation, Digest intent) {
        return jdbc.sql("""
                UPDATE evidence_isolation SET state = 'restoring', restore_leaf = :intent
                WHERE order_code = :order AND attempt = :attempt AND state = 'isolated'
                """)
                        .param("intent", intent.array())
                        .param("order", isolation.order().code())
                        .param("attempt", isolation.number())
                        .update()
                == 1;
    }

    /** @return false when it is not in that state any more: another worker found out how it ended */
    boolean end(Isolation isolation, Isolation.State from, Isolation.State to, Digest outcome) {
        return jdbc.sql("""
                UPDATE evidence_isolation SET state = :to, outcome_leaf = :outcome
                WHERE order_code = :order AND attempt = :attempt AND state = :from
                """)
                        .param("to", word(to))
                        .param("outcome", outcome.array())
                        .param("order", isolation.order().code())
                        .param("attempt", isolation.number())
                        .param("from", word(from))
                        .update()
                == 1;
    }

    Optional<Isolation> find(OrderId order, int attempt) {
        return jdbc.sql(SELECT + "WHERE order_code = :order AND attempt = :attempt")
                .param("order", order.code())
                .param("attempt", attempt)
                .query(IsolationTable::isolation)
                .optional();
    }

    /** The one that was announced and is neither lost nor undone. */
    Optional<Isolation> open(OrderId order) {
        return jdbc.sql(SELECT + """
                WHERE order_code = :order AND state IN ('announced', 'running', 'isolated', 'restoring')
                """)
                .param("order", order.code())
                .query(IsolationTable::isolation)
                .optional();
    }

    /** Of every order: whose links may be cut. */
    List<Isolation> touched() {
        return jdbc.sql(SELECT + """
                WHERE state IN ('announced', 'running', 'isolated', 'restoring')
                ORDER BY expires_at, order_code LIMIT :most
                """)
                .param("most", AT_ONCE)
                .query(IsolationTable::isolation)
                .list();
    }

    private static String word(Isolation.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Isolation isolation(ResultSet row, int n) throws SQLException {
        return new Isolation(
                new OrderId(row.getString("order_code")),
                row.getInt("attempt"),
                Isolation.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("lease_epoch"),
                row.getTimestamp("expires_at").toInstant(),
                read(row.getBytes("asset"), LocatedAsset.class),
                Digest.of(row.getBytes("intent_leaf")),
                Optional.ofNullable(row.getBytes("links_before")).map(json -> read(json, GuestLinks.class)),
                Optional.ofNullable(row.getBytes("restore_leaf")).map(Digest::of));
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Wire.read(json, type);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
