// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.wholepath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.parties.Joined;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.deletion.BulkList;
import org.sparekey.protocol.deletion.DeletionAnswer;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.testkit.world.Actor;
import org.sparekey.testkit.world.Cast;
import org.sparekey.tool.Sparekey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Terminations as a reseller, the hoster's panel and officers type them, over real HTTPS. */
class DeletionCommandTest {

    private static final int OK = 0;
    private static final int NOT_AUTHORISED = 4;
    private static final int NOT_FOUND = 6;
    private static final int CONFLICT = 7;
    private static final int PENDING = 8;
    private static final int INCOMPLETE = 10;

    private final ImageHoster hoster = ImageHoster.shared();
    private final Cast cast = hoster.cast();
    private final JdbcClient rows = hoster.gateway().bean(JdbcClient.class);
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @TempDir
    Path directory;

    private Actor panel = cast.supervisor();

    @BeforeEach
    void thePanelIsEnrolled() {
        panel = Joined.newcomer(cast.hosterCa(), "hoster", "panel-" + directory.getFileName());
        Joined.join(
                rows,
                hoster.gateway().bean(AuditLog.class),
                hoster.gateway().bean(TransactionOperations.class),
                panel,
                Role.OPERATOR);
        hoster.world().equip(panel, InstantSource.system().instant());
    }

    /** The gateway is shared. */
    @AfterEach
    void nothingIsTerminated() {
        for (String table : List.of("attempt", "request", "deletion", "day")) {
            rows.sql("DELETE FROM deletions_" + table).update();
        }
    }

    @Test
    void a_reseller_and_the_panel_terminate_one_machine_and_only_the_panel_asks() throws Exception {
        assertThat(request(cast.reseller(), Cast.RESELLER, "102"))
                .as(err::toString)
                .isEqualTo(OK);
        DeletionAnswer first = answer();
        assertThat(first.asset().vmId()).contains("102");
        assertThat(request(panel, "hoster", "102")).as(err::toString).isEqualTo(OK);
        assertThat(answer()).isEqualTo(first);
        assertThat(request(cast.otherReseller(), Cast.OTHER_RESELLER, "102")).isEqualTo(NOT_FOUND);
        assertThat(request(panel, "hoster", "no-such-number")).isEqualTo(NOT_FOUND);
        assertThat(request(cast.officer1(), "hoster", "102")).isEqualTo(NOT_AUTHORISED);

        assertThat(as(panel, "list")).isEqualTo(OK);
        assertThat(out.toString()).as("not due").isEmpty();
        assertThat(as(panel, "ask", first.deletionId())).isEqualTo(PENDING);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("NOT_YET 0 " + Wire.text(first.deletedOn()) + " ams-1 - 102");
        rows.sql("UPDATE deletions_deletion SET deleted_on = deleted_on - INTERVAL '20 days'")
                .update();
        assertThat(as(panel, "list")).isEqualTo(OK);
        assertThat(out.toString()).isEqualToIgnoringNewLines(first.deletionId() + " ams-1 - 102");
        assertThat(as(panel, "ask", first.deletionId())).as("it still runs").isEqualTo(PENDING);
        assertThat(as(panel, "report", first.deletionId(), "1", "destroyed")).isEqualTo(NOT_FOUND);
        for (Actor other : List.of(cast.reseller(), cast.officer1())) {
            assertThat(as(other, "ask", first.deletionId())).isEqualTo(NOT_AUTHORISED);
        }
    }

    @Test
    void two_officers_let_a_bulk_through_over_one_file() throws Exception {
        assertThat(request(cast.reseller(), Cast.RESELLER, "102")).isEqualTo(OK);
        String id = answer().deletionId();
        rows.sql("UPDATE deletions_deletion d SET bulk_group = y.bulk_group FROM deletions_day y")
                .update();
        assertThat(as(cast.officer1(), "bulks")).isEqualTo(OK);
        BulkList list = Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), BulkList.class);
        String group = list.groups().getFirst().group();
        Path file = directory.resolve("bulk.json");
        assertThat(letThrough("BLK-0000-0000", file)).isEqualTo(INCOMPLETE);
        assertThat(letThrough(group, file)).as(err::toString).isEqualTo(OK);
        assertThat(as(cast.officer1(), "sign", file.toString())).isEqualTo(OK);
        assertThat(out.toString()).contains("a node is taken out of use", id);
        assertThat(as(cast.officer1(), "send", file.toString()))
                .as("one officer alone")
                .isEqualTo(NOT_AUTHORISED);
        assertThat(as(cast.officer2(), "sign", file.toString())).isEqualTo(OK);
        assertThat(as(cast.officer2(), "send", file.toString()))
                .as(err::toString)
                .isEqualTo(OK);
        assertThat(out.toString()).contains("\"groups\":[]");
        assertThat(as(cast.officer2(), "send", file.toString())).isEqualTo(CONFLICT);
        assertThat(as(panel, "bulks")).isEqualTo(NOT_AUTHORISED);
    }

    private int letThrough(String group, Path file) {
        return as(
                cast.officer1(),
                "let-through",
                "--officers",
                "officer-1,officer-2",
                "--explanation",
                "a node is taken out of use",
                "--out",
                file.toString(),
                group);
    }

    private int request(Actor actor, String party, String vm) {
        return as(actor, "request", "--party", party, "--cluster", "ams-1", "--vm", vm);
    }

    private DeletionAnswer answer() throws MalformedException {
        return Wire.read(out.toString().strip().getBytes(StandardCharsets.UTF_8), DeletionAnswer.class);
    }

    private int as(Actor actor, String command, String... more) {
        List<String> words = new ArrayList<>(List.of("deletion", command, "--config"));
        words.add(hoster.world().home(actor).resolve(ChannelConfiguration.FILE).toString());
        words.addAll(List.of(more));
        out.getBuffer().setLength(0);
        return Sparekey.run(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }
}
