// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who looked at what of a case: an entry of the case each time somebody is given its content. What leaves the house waits for
 * that entry's checkpoint; whoever comes again while it waits is waited for under the same entry, so that a slow log does not
 * make him start anew each time.
 */
final class Lookups {

    private final OrderCases cases;
    private final JdbcClient jdbc;

    Lookups(OrderCases cases, JdbcClient jdbc) {
        this.cases = cases;
        this.jdbc = jdbc;
    }

    /**
     * @param what names the content within the order, such as a file and an offset
     * @return leaf hash of the entry
     */
    Digest enter(Caller caller, OrderId id, String type, String what, Map<String, String> clear, byte[] payload) {
        return cases.change(
                        id,
                        (row, work) -> waiting(caller, id, what).orElseGet(() -> {
                            Actor actor = Intake.actor(caller);
                            Digest leaf = work.note(type, actor, clear, payload).leafHash();
                            remember(caller, id, what, leaf);
                            return leaf;
                        }))
                .orElseThrow();
    }

    /** The next time is another one. A crash before this line gives it once more under the same entry. */
    void given(Digest leaf) {
        jdbc.sql("DELETE FROM orders_reading WHERE leaf = :leaf")
                .param("leaf", leaf.array())
                .update();
    }

    private Optional<Digest> waiting(Caller caller, OrderId id, String what) {
        return jdbc.sql("""
                SELECT leaf FROM orders_reading
                WHERE order_id = :order AND party = :party AND person = :person AND what = :what
                """)
                .param("order", id.code())
                .param("party", caller.party().value())
                .param("person", caller.person())
                .param("what", what)
                .query((row, n) -> Digest.of(row.getBytes("leaf")))
                .optional();
    }

    private void remember(Caller caller, OrderId id, String what, Digest leaf) {
        jdbc.sql("""
                INSERT INTO orders_reading (order_id, party, person, what, leaf)
                VALUES (:order, :party, :person, :what, :leaf)
                """)
                .param("order", id.code())
                .param("party", caller.party().value())
                .param("person", caller.person())
                .param("what", what)
                .param("leaf", leaf.array())
                .update();
    }
}
