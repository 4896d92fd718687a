// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.orders.OrderId;
import org.sparekey.protocol.json.Digest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each copy is on its way out. Every change names what was before, so that of two workers one loses. */
final class DestructionTable {

    private final JdbcClient jdbc;
    private final AttemptTable attempts;

    DestructionTable(JdbcClient jdbc, AttemptTable attempts) {
        this.jdbc = jdbc;
        this.attempts = attempts;
    }

    /**
     * An attempt whose files are still there.
     *
     * @param unusedSince when it was first seen that nobody has a use for it
     * @param entered the entry that announced its destruction
     */
    record Standing(Attempt attempt, Optional<Instant> unusedSince, Optional<Digest> entered) {}

    /** Those whose files stand; attempts that share a folder beside each other. */
    List<Standing> standing() {
        return jdbc.sql("""
                SELECT order_code, attempt, unused_since, destruction_leaf FROM evidence_attempt
                WHERE state IN ('sealed', 'lost') AND destroyed_at IS NULL ORDER BY folder, order_code
                """)
                .query((row, n) -> new Standing(
                        attempts.find(new OrderId(row.getString("order_code")), row.getInt("attempt"))
                                .orElseThrow(),
                        Optional.ofNullable(row.getTimestamp("unused_since")).map(Timestamp::toInstant),
                        Optional.ofNullable(row.getBytes("destruction_leaf")).map(Digest::of)))
                .list();
    }

    void unused(Attempt attempt, Instant since) {
        jdbc.sql("""
                UPDATE evidence_attempt SET unused_since = :since
                WHERE order_code = :order AND attempt = :attempt AND unused_since IS NULL
                """)
                .param("since", Timestamp.from(since))
                .param("order", attempt.order().code())
                .param("attempt", attempt.number())
                .update();
    }

    /** @return false when another worker was faster */
    boolean entered(Attempt attempt, Digest leaf) {
        return jdbc.sql("""
                UPDATE evidence_attempt SET destruction_leaf = :leaf
                WHERE order_code = :order AND attempt = :attempt AND destruction_leaf IS NULL
                """)
                        .param("leaf", leaf.array())
                        .param("order", attempt.order().code())
                        .param("attempt", attempt.number())
                        .update()
                == 1;
    }

    /** @return false when another worker was faster */
    boolean destroyed(Attempt attempt, Instant at) {
        return jdbc.sql("""
                UPDATE evidence_attempt SET destroyed_at = :at
                WHERE order_code = :order AND attempt = :attempt AND destroyed_at IS NULL
                """)
                        .param("at", Timestamp.from(at))
                        .param("order", attempt.order().code())
                        .param("attempt", attempt.number())
                        .update()
                == 1;
    }
}
