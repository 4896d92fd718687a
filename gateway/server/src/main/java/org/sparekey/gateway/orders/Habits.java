// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Category;
import org.sparekey.protocol.order.OrderDocument;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers who orders how, and enters what is unlike him; whoever follows the log is told. */
final class Habits {

    /** Type of an entry of no case: the authority that reads its case need not learn what is noticed about it. */
    static final String UNUSUAL = "order.unusual";

    static final String WHAT = "what";

    private static final Duration DAY = Duration.ofHours(24);
    private static final ZoneId OFFICE = ZoneId.of("Europe/Amsterdam");
    private static final int HOURS = 24;

    private final JdbcClient jdbc;
    private final AuditLog log;

    Habits(JdbcClient jdbc, AuditLog log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    /** In the transaction that files the order, after its hold. */
    void see(Caller caller, OrderId id, OrderDocument order, Instant at) {
        String authority = order.issuer().authority();
        String person = order.issuer().person();
        int hour = at.atZone(OFFICE).getHour();
        boolean content = order.scope().categories().contains(Category.CONTENT);
        // The target's digest is salted by nothing: it stays in the gateway's own database, beside the order itself.
        Digest target = Digest.sha256(Wire.write(order.target().value()));
        jdbc.sql("""
                INSERT INTO orders_habit (order_id, authority, person, message_key, content, target, hour, at)
                VALUES (:id, :authority, :person, :key, :content, :target, :hour, :at)
                """)
                .param("id", id.code())
                .param("authority", authority)
                .param("person", person)
                .param("key", caller.messageKeyId().array())
                .param("content", content)
                .param("target", target.array())
                .param("hour", hour)
                .param("at", Timestamp.from(at))
                .update();
        List<HabitDecisions.Unusual> unusual =
                HabitDecisions.of(facts(caller, id, authority, person, hour, content, at));
        unusual.forEach(what -> {
            Map<String, String> payload =
                    Map.of(WHAT, what.name(), "order", id.code(), "authority", authority, "person", person);
            log.append(new Statement(
                    LogName.CASE,
                    UNUSUAL,
                    Actor.GATEWAY,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(WHAT, what.name()),
                    Wire.write(payload)));
        });
    }

    private HabitDecisions.Facts facts(
            Caller caller, OrderId id, String authority, String person, int hour, boolean content, Instant at) {
        return jdbc.sql("""
                SELECT count(*) FILTER (WHERE at > :since) AS authority_today,
                       count(*) FILTER (WHERE at > :since AND person = :person) AS person_today,
                       count(DISTINCT target) FILTER (WHERE at > :since AND person = :person) AS targets_today,
                       (SELECT count(DISTINCT h.order_id) FROM orders_hold h JOIN orders_order o USING (order_id)
                        WHERE h.released_at IS NULL AND o.authority = :authority) AS holds,
                       count(*) FILTER (WHERE person = :person AND order_id <> :id) AS before,
                       count(*) FILTER (WHERE person = :person AND order_id <> :id
                           AND ((hour - :hour + 24) % 24) IN (0, 1, :last)) AS same_hour,
                       count(*) FILTER (WHERE person = :person AND order_id <> :id AND message_key = :key) AS same_key,
                       count(*) FILTER (WHERE person = :person AND order_id <> :id AND content) AS content_before
                FROM orders_habit WHERE authority = :authority
                """)
                .param("since", Timestamp.from(at.minus(DAY)))
                .param("authority", authority)
                .param("person", person)
                .param("id", id.code())
                .param("hour", hour)
                .param("last", HOURS - 1)
                .param("key", caller.messageKeyId().array())
                .query((row, number) -> new HabitDecisions.Facts(
                        row.getInt("authority_today"),
                        row.getInt("person_today"),
                        row.getInt("targets_today"),
                        row.getInt("holds"),
                        row.getInt("before"),
                        row.getInt("same_hour"),
                        row.getInt("same_key"),
                        row.getInt("content_before"),
                        content))
                .single();
    }
}
