// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Rebuilding;
import org.sparekey.gateway.auditlog.StopReason;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.ConsistencyProof;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TileNodes;

/** What the mirror is for: a lost database comes back from it, and an outsider checks it. */
class MirrorRebuildTest {

    @TempDir
    Path root;

    private MirrorStage mirrored;

    @BeforeEach
    void open() {
        mirrored = new MirrorStage(root, Broker.shared().bootstrap());
    }

    @AfterEach
    void forget() {
        mirrored.close();
    }

    @Test
    void a_lost_database_is_rebuilt_from_kafka_and_signs_on_from_the_same_prefix() throws MalformedException {
        mirrored.sent(600);
        Checkpoint before = head();
        mirrored.stage.lose();
        assertThat(mirrored.stage.log().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        try (Mirror mirror = mirrored.mirror();
                MirrorCopy copy = mirror.copy(before.origin())) {
            assertThat(mirrored.stage.log().recovery().rebuild(copy)).isEqualTo(new Rebuilding.Rebuilt(0, before));
        }
        mirrored.stage.resume();
        mirrored.stage.publish(5);
        Checkpoint after = head();
        TileNodes nodes = new TileNodes(
                after.size(),
                path -> mirrored.stage.log().tile(LogName.CASE, path).orElseThrow());
        assertThat(after.size()).isEqualTo(605);
        assertThat(ConsistencyProof.make(600, 605, nodes).proves(before.root(), after.root()))
                .isTrue();
        mirrored.mirrorAll();
        assertThat(mirrored.alarms()).isEmpty();
        assertThat(mirrored.entries().entries()).hasSize(605);
    }

    /** How far the log was signed may be known nowhere else, when the whole machine came back from a backup. */
    @Test
    void the_mirror_tells_the_last_checkpoint_as_it_was_published() {
        mirrored.sent(30);
        mirrored.stage.publish(5);
        mirrored.mirrorAll();
        byte[] last = mirrored.stage.log().checkpoint(LogName.CASE).orElseThrow();
        try (MirrorCopy copy = mirrored.copy()) {
            assertThat(copy.checkpoints().getLast()).isEqualTo(last);
        }
    }

    @Test
    void a_mirror_that_was_altered_rebuilds_nothing() {
        mirrored.sent(30);
        mirrored.entries().rewrite(entries -> entries.set(7, Topic.altered(entries.get(8), true, 7)));
        mirrored.stage.lose();
        assertThat(mirrored.stage.log().recovery().rebuild(mirrored.copy())).isInstanceOf(Rebuilding.Forged.class);
        assertThat(mirrored.stage.log().from(LogName.CASE, 0, 10)).isEmpty();
    }

    @Test
    void a_mirror_that_was_cut_off_rebuilds_nothing_and_says_how_far_it_goes() {
        mirrored.sent(30);
        mirrored.entries().rewrite(entries -> entries.subList(25, 30).clear());
        mirrored.stage.lose();
        assertThat(mirrored.stage.log().recovery().rebuild(mirrored.copy()))
                .isEqualTo(new Rebuilding.Incomplete(25, 30));
        assertThat(mirrored.stage.log().from(LogName.CASE, 0, 10)).isEmpty();
    }

    @Test
    void an_outsider_follows_by_command_with_a_public_key_and_a_position_file() throws IOException {
        mirrored.sent(40);
        assertThat(command("--once")).startsWith("0 verified 40 ").contains("40 entries verified");
        mirrored.stage.publish(2);
        mirrored.mirrorAll();
        assertThat(command("--once")).startsWith("0 verified 42 ");
        mirrored.entries().append("not an entry".getBytes(StandardCharsets.UTF_8));
        assertThat(command("--once")).startsWith("5 ").contains("ALARM malformed");
        assertThat(command("--twice")).startsWith("2 ").contains("usage");
    }

    @Test
    void a_topic_whose_last_records_were_removed_is_told_from_one_that_is_level() throws IOException {
        mirrored.sent(40);
        mirrored.entries().rewrite(entries -> entries.subList(25, 40).clear());
        assertThat(command("--once")).startsWith("5 ALARM cut-off at 0: ").contains("0 entries verified");
    }

    /** Far more than the follower reads again at its start, and few enough for it. */
    @Test
    void a_topic_that_was_made_anew_and_is_shorter_than_what_was_verified_is_an_alarm() throws IOException {
        mirrored.sent(40);
        assertThat(command("--once")).startsWith("0 ");
        assertThat(command("--once")).as("nothing new").startsWith("0 ");
        mirrored.entries().rewrite(entries -> entries.subList(25, 40).clear());
        assertThat(command("--once")).startsWith("5 ALARM cut-off at 40: ");
        mirrored.entries().rewrite(List::clear);
        assertThat(command("--once")).startsWith("5 ALARM cut-off at 40: ");
    }

    @Test
    void a_long_topic_that_was_made_anew_is_an_alarm_and_no_mere_failure() throws IOException {
        mirrored.sent(1200);
        assertThat(command("--once")).startsWith("0 ");
        mirrored.entries().rewrite(entries -> entries.subList(5, 1200).clear());
        assertThat(command("--once")).startsWith("5 ALARM cut-off at 1200: ");
    }

    private String command(String last) throws IOException {
        Path log = Files.writeString(root.resolve("vkey"), mirrored.stage.log().vkey(LogName.CASE) + "\n");
        Path kafka = Files.writeString(
                root.resolve("kafka"), "bootstrap.servers=" + Broker.shared().bootstrap() + "\n");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
        int code = new FollowCommand(print, print)
                .run(List.of(
                        "--log", log.toString(), "--kafka", kafka.toString(), "--position", root + "/position", last));
        return code + " " + output.toString(StandardCharsets.UTF_8);
    }

    private Checkpoint head() throws MalformedException {
        byte[] note = mirrored.stage.log().checkpoint(LogName.CASE).orElseThrow();
        return Checkpoint.parse(SignedNote.parse(note).text());
    }
}
