// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Feasibility;
import org.sparekey.protocol.order.OfficerRecord;
import org.sparekey.protocol.problem.ProblemException;

/** What orders cost, as lines of the claim. */
class ClaimTest {

    private final OrdersFixture fixture = OrdersFixture.fresh();
    private final Orders orders = fixture.orders;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_an_order_costs_is_a_line_of_the_claim() throws Exception {
        OrderId id = fixture.inReview();
        OfficerRecord effort = effort();
        orders.record(fixture.officer(1), id, Wire.write(effort), "effort-1");
        orders.record(fixture.officer(1), id, Wire.write(effort), "effort-1");

        assertThat(efforts(fixture.officer(2)).lines().filter(line -> line.startsWith(id.code())))
                .containsExactly(id.code() + ",2026-11-23T12:00:00Z,90,40,CLAIM 2026/17");
        assertThatThrownBy(() -> efforts(fixture.investigator())).isInstanceOf(ProblemException.class);
        assertThat(orders.feasibility(id).liveCopy()).isEqualTo(Feasibility.Chance.YES);
    }

    @Test
    void a_claim_longer_than_a_page_is_whole() throws Exception {
        OrderId id = fixture.inReview();
        int lines = 2 * Efforts.PAGE + 1;
        fixture.jdbc
                .sql("""
                        INSERT INTO orders_record (order_id, number, what, record, recorded_at)
                        SELECT :order, n, 'EFFORT', :record, :at FROM generate_series(1, :lines) n
                        """)
                .param("order", id.code())
                .param("record", Wire.write(effort()))
                .param("at", Timestamp.from(fixture.now()))
                .param("lines", lines)
                .update();

        assertThat(efforts(fixture.officer(1)).lines()).hasSize(lines + 1);
    }

    private String efforts(Caller caller) throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        orders.efforts(caller, csv);
        return csv.toString(StandardCharsets.UTF_8);
    }

    private static OfficerRecord effort() {
        return new OfficerRecord(
                1,
                OfficerRecord.TYPE,
                OfficerRecord.What.EFFORT,
                Optional.empty(),
                Optional.of(90),
                Optional.of(40),
                Optional.of("CLAIM 2026/17"),
                "Judged, approved and handed over.");
    }
}
