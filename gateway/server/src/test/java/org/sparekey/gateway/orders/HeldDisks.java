// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Category;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds as an order leaves them, for the tests of rooms that ask for them; what places them has tests of its own. */
public final class HeldDisks {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    public HeldDisks(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Holds holds() {
        return new Holds(new HoldTable(jdbc), clock);
    }

    /** Not narrowed yet: as the order writes it. */
    public void wide(String order, Category category, String target, Instant until) {
        jdbc.sql("""
                INSERT INTO orders_order (order_id, authority, document_id, authentic, kind, order_digest, order_jws,
                    matrix_version, received_at, deadline, state, version, case_seq, last_leaf, frozen)
                VALUES (:order, 'politie-voorbeeld', :document, true, 'SNAPSHOT_COPY', :digest, '', 'none', :now, :until,
                    'review', 1, 0, :digest, false)
                """)
                .param("digest", new byte[32])
                .param("order", order)
                .param("document", UUID.randomUUID())
                .param("now", Timestamp.from(clock.instant()))
                .param("until", Timestamp.from(until))
                .update();
        jdbc.sql(
                        "INSERT INTO orders_hold (order_id, category, target, until) VALUES (:order, :category, :target, :until)")
                .param("order", order)
                .param("category", category.name())
                .param("target", target)
                .param("until", Timestamp.from(until))
                .update();
    }

    public void narrow(String order, LocatedAsset asset) {
        new HoldTable(jdbc).narrow(new OrderId(order), asset);
    }

    public void release(String order) {
        new HoldTable(jdbc).release(new OrderId(order), clock.instant());
    }
}
