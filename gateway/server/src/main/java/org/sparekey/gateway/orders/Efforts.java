// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.order.OfficerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What orders cost, as lines of the claim; read a page at a time, so that it is whole however long it is. */
final class Efforts {

    static final int PAGE = 1_000;

    private static final String HEAD = "order,recordedAt,minutes,gigabytes,costReference\r\n";

    private final JdbcClient jdbc;

    Efforts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Line(String order, int number, Instant at, OfficerRecord record) {

        String csv() {
            return order + "," + at + "," + record.minutes().orElse(0) + ","
                    + record.gigabytes().orElse(0) + ","
                    + record.costReference().orElse("") + "\r\n";
        }
    }

    /** RFC 4180; newest first. */
    void write(OutputStream csv) throws IOException {
        csv.write(HEAD.getBytes(StandardCharsets.UTF_8));
        Optional<Line> last = Optional.empty();
        List<Line> page;
        do {
            page = behind(last);
            for (Line line : page) {
                csv.write(line.csv().getBytes(StandardCharsets.UTF_8));
                last = Optional.of(line);
            }
        } while (page.size() == PAGE);
    }

    private List<Line> behind(Optional<Line> last) {
        return jdbc.sql("""
                SELECT order_id, number, recorded_at, record FROM orders_record
                WHERE what = 'EFFORT'
                  AND (:order::text IS NULL OR (recorded_at, order_id, number) < (:at::timestamptz, :order, :number))
                ORDER BY recorded_at DESC, order_id DESC, number DESC LIMIT :page
                """)
                .param("order", last.map(Line::order).orElse(null))
                .param("at", last.map(line -> Timestamp.from(line.at())).orElse(null))
                .param("number", last.map(Line::number).orElse(0))
                .param("page", PAGE)
                .query((row, n) -> new Line(
                        row.getString("order_id"),
                        row.getInt("number"),
                        row.getTimestamp("recorded_at").toInstant(),
                        OfficerRecords.parse(row.getBytes("record"))))
                .list();
    }
}
