// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.wholepath.ImageHoster;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.tool.Sparekey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two officers thaw a frozen order by commands, over real HTTPS and one file that goes from hand to hand. */
class FrozenCommandTest {

    private static final int OK = 0;
    private static final int NOT_AUTHORISED = 4;
    private static final int NOT_FOUND = 6;
    private static final int INCOMPLETE = 10;
    private static final Duration RECORDED = Duration.ofSeconds(30);

    private static final ImageHoster HOSTER = ImageHoster.shared();
    private static final Cast CAST = HOSTER.cast();

    private final StringWriter err = new StringWriter();
    private StringWriter out = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void a_frozen_order_is_shown_signed_for_by_two_and_thawed() throws Exception {
        OrderStatus order = HOSTER.review();
        freeze(order.orderId());
        String file = directory.resolve("thaw.json").toString();

        assertThat(as(CAST.investigator(), "show")).isEqualTo(NOT_AUTHORISED);
        assertThat(as(CAST.supervisor(), "show")).as(err::toString).isEqualTo(OK);
        assertThat(shown().orders())
                .anySatisfy(frozen -> assertThat(frozen.order()).isEqualTo(order.orderId()));
        assertThat(thaw("ORD-2222-2222", file)).isEqualTo(INCOMPLETE);
        assertThat(thaw(order.orderId(), file)).as(err::toString).isEqualTo(OK);
        assertThat(as(CAST.officer1(), "sign", file)).as(err::toString).isEqualTo(OK);
        assertThat(as(CAST.officer1(), "send", file)).as("one officer").isNotEqualTo(OK);
        assertThat(as(CAST.officer2(), "sign", file)).as(err::toString).isEqualTo(OK);

        assertThat(as(CAST.officer2(), "send", file)).as(err::toString).isEqualTo(OK);

        assertThat(out.toString()).contains("\"state\":\"failed\"", "RESTORED_BEHIND_LOG");
        assertThat(as(CAST.officer2(), "send", file)).as("a second time").isEqualTo(NOT_FOUND);
    }

    /** A row whose place in its case is no longer what the log has there. */
    private static void freeze(String order) throws Exception {
        HOSTER.gateway()
                .bean(JdbcClient.class)
                .sql("UPDATE orders_order SET case_seq = case_seq - 1 WHERE order_id = :id")
                .param("id", order)
                .update();
        HOSTER.gateway().bean(Orders.class).level();
        AuditLog log = HOSTER.gateway().bean(AuditLog.class);
        assertThat(log.await(log.end(order).orElseThrow().leafHash(), RECORDED)).isPresent();
    }

    private FrozenOrders shown() throws Exception {
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), FrozenOrders.class);
    }

    private int thaw(String order, String file) {
        return as(
                CAST.officer1(),
                "thaw",
                order,
                "--officers",
                "officer-1,officer-2",
                "--explanation",
                "the backup of the morning came back",
                "--out",
                file);
    }

    private int as(Actor actor, String command, String... more) {
        List<String> words = new ArrayList<>(List.of("frozen", command));
        words.addAll(List.of(
                "--config",
                HOSTER.world().home(actor).resolve(ChannelConfiguration.FILE).toString()));
        words.addAll(List.of(more));
        out = new StringWriter();
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }
}
