// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a suspension, or its end, says in each open case of the authority. The switch writes down which cases those are; they
 * are told one by one behind it, a few at once, so that an authority with ten thousand cases is suspended as fast as one with
 * two. Whoever dies on the way leaves the rest in the table.
 */
final class SuspensionNotes {

    private final JdbcClient jdbc;
    private final OrderCases cases;
    private final Turns turns = new Turns(this::waiting);

    SuspensionNotes(JdbcClient jdbc, OrderCases cases) {
        this.jdbc = jdbc;
        this.cases = cases;
    }

    /** @param number in which they were pulled */
    private record Note(long number, OrderStatement says, Actor actor) {}

    /**
     * Inside the transaction of the switch. It waits for whoever changes one of the cases now, and whoever comes behind it
     * sees the switch: nothing of theirs goes on in between. A frozen case is told too, after its thaw: what goes on then must
     * not be between a suspension and an end of it that its log has never got.
     */
    void due(String authority, OrderStatement says, Actor actor) {
        jdbc.sql("""
                INSERT INTO orders_suspension_note (order_id, says, role, key_id)
                SELECT order_id, :says, :role, :key FROM (
                    SELECT order_id FROM orders_order
                    WHERE authority = :authority AND state NOT IN (:ended)
                    ORDER BY order_id FOR UPDATE) AS found
                """)
                .param("says", says.name())
                .param("role", actor.role())
                .param("key", actor.keyId().map(Digest::array).orElse(null))
                .param("authority", authority)
                .param("ended", StateText.ENDED)
                .update();
    }

    /** Tells so many cases, each under its own lock and in its own transaction. */
    void step(int atMost) {
        for (OrderId id : turns.next(atMost)) {
            Attempts.done("telling " + id + " of a suspension", () -> tell(id));
        }
    }

    private void tell(OrderId id) {
        cases.change(id, (_, work) -> {
            for (Note note : take(id)) {
                // What has ended meanwhile has its last entry.
                if (!work.state().terminal()) {
                    work.note(note.says(), note.actor(), Map.of());
                }
            }
            return id;
        });
    }

    private List<OrderId> waiting(Optional<OrderId> behind, int atMost) {
        return jdbc.sql("""
                SELECT DISTINCT n.order_id FROM orders_suspension_note n
                JOIN orders_order o ON o.order_id = n.order_id
                WHERE NOT o.frozen AND (:behind::text IS NULL OR n.order_id > :behind)
                ORDER BY n.order_id LIMIT :most
                """)
                .param("behind", behind.map(OrderId::code).orElse(null))
                .param("most", atMost)
                .query((row, number) -> new OrderId(row.getString("order_id")))
                .list();
    }

    private List<Note> take(OrderId id) {
        return jdbc
                .sql("""
                DELETE FROM orders_suspension_note WHERE order_id = :order RETURNING number, says, role, key_id
                """)
                .param("order", id.code())
                .query((row, number) -> new Note(
                        row.getLong("number"),
                        OrderStatement.valueOf(row.getString("says")),
                        new Actor(
                                row.getString("role"),
                                Optional.ofNullable(row.getBytes("key_id")).map(Digest::of))))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Note::number))
                .toList();
    }
}
