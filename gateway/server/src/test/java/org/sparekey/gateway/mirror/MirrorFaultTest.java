// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.mirror.MirroredEntry;
import org.sparekey.protocol.tree.TreeHash;

/** What somebody with rights at the broker can do to a topic, and that each of it is noticed. */
class MirrorFaultTest {

    private static final int LOOKS = 1_000;

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
    void a_record_that_was_removed_is_noticed() {
        mirrored.sent(30);
        mirrored.entries().rewrite(entries -> entries.remove(12));
        assertThat(mirrored.alarms()).isNotEmpty().allSatisfy(alarm -> {
            assertThat(alarm.fault().text()).isEqualTo("gap");
            assertThat(alarm.at()).isEqualTo(12);
        });
    }

    @Test
    void a_record_that_was_altered_is_noticed_with_and_without_its_leaf_hash() {
        mirrored.sent(30);
        mirrored.entries().rewrite(entries -> entries.set(7, Topic.altered(entries.get(7), false)));
        assertThat(faults()).startsWith("altered", "gap");
        mirrored.entries().rewrite(entries -> entries.set(7, Topic.altered(entries.get(8), true, 7)));
        assertThat(faults()).containsOnly("root-differs");
    }

    /** Each topic in its turn: its offsets begin anew, and the position kept lies behind its end. */
    @Test
    void a_topic_that_was_deleted_and_made_anew_shorter_is_alarmed_at_the_next_start_and_while_it_is_followed() {
        mirrored.sent(30);
        try (MirrorFollower running = mirrored.follower()) {
            MirrorStage.follow(running);
            mirrored.entries().rewrite(entries -> entries.subList(10, 30).clear());
            assertThat(MirrorStage.alarms(MirrorStage.follow(running)))
                    .extracting(alarm -> alarm.fault().text())
                    .containsExactly("cut-off");
            assertThat(running.stopped()).isPresent();
            try (MirrorFollower later = mirrored.follower(running.position())) {
                MirrorStage.follow(later);
                assertThat(later.missing()).hasValue(30);
            }
        }
    }

    @Test
    void records_that_were_reordered_are_noticed() {
        mirrored.sent(30);
        mirrored.entries().rewrite(entries -> entries.add(20, entries.remove(4)));
        assertThat(faults()).contains("gap");
    }

    @Test
    void what_a_stranger_appends_is_noticed_and_the_mirror_goes_on_behind_it() {
        mirrored.sent(30);
        MirroredEntry last = mirrored.entries().entries().getLast();
        byte[] invented = "{\"type\":\"order.approved\"}".getBytes(StandardCharsets.UTF_8);
        mirrored.entries().append(invented);
        mirrored.entries().append(Topic.altered(last, true));
        mirrored.entries().append(new MirroredEntry(900, TreeHash.leaf(invented), invented));
        mirrored.checkpoints()
                .append("log.hoster.example/log/case/2026\n900\nAAAA\n\n".getBytes(StandardCharsets.UTF_8));
        mirrored.stage.publish(5);
        try (Mirror mirror = mirrored.mirror()) {
            mirrored.all(mirror);
            assertThat(mirror.facts()).extracting(MirrorFacts::strangers).contains(3);
        }
        assertThat(faults()).containsExactlyInAnyOrder("malformed", "conflict", "gap", "malformed");
        assertThat(mirrored.copied()).hasSize(35);
    }

    @Test
    void a_stranger_who_foresees_the_next_index_is_found_out_by_the_entry_that_belongs_there() {
        mirrored.sent(30);
        byte[] invented = "{\"type\":\"order.approved\"}".getBytes(StandardCharsets.UTF_8);
        mirrored.entries().append(new MirroredEntry(30, TreeHash.leaf(invented), invented));
        mirrored.stage.publish(5);
        mirrored.mirrorAll();
        assertThat(faults()).contains("conflict", "root-differs");
    }

    @Test
    void brokers_that_lost_acknowledged_records_are_sent_them_again() {
        mirrored.stage.publish(30);
        try (Mirror mirror = mirrored.mirror()) {
            mirrored.all(mirror);
            mirrored.entries().rewrite(entries -> entries.subList(22, 30).clear());
            mirrored.stage.publish(3);
            mirrored.all(mirror);
        }
        assertThat(mirrored.entries().entries())
                .extracting(MirroredEntry::index)
                .isEqualTo(Topic.indices(0, 33));
        assertThat(mirrored.alarms()).isEmpty();
    }

    @Test
    void nothing_is_sent_into_a_topic_that_would_lose_records_or_their_order() {
        mirrored.stage.publish(3);
        String entries = mirrored.topics().entries();
        create(new NewTopic(entries, 2, (short) 1));
        assertThat(refusal()).contains("2 partitions");
        delete(entries);
        create(new NewTopic(entries, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
        assertThat(refusal()).contains("cleanup.policy=compact");
        delete(entries);
        create(new NewTopic(entries, 1, (short) 1).configs(Map.of("retention.ms", "-1")));
        assertThat(refusal()).contains("retention.ms=-1");
        assertThat(mirrored.entries().records()).isEmpty();
    }

    private List<String> faults() {
        return mirrored.alarms().stream().map(alarm -> alarm.fault().text()).toList();
    }

    /** The broker may know a new topic a moment later than the controller that made it: until then it is only away. */
    private String refusal() {
        try (Mirror mirror = mirrored.mirror()) {
            for (int look = 0; look < LOOKS; look++) {
                mirror.step();
                Optional<String> reason = mirror.facts().stream()
                        .filter(facts -> facts.state() == MirrorFacts.State.MISCONFIGURED)
                        .map(facts -> facts.reason().orElseThrow())
                        .findFirst();
                if (reason.isPresent()) {
                    return reason.get();
                }
            }
            throw new AssertionError("not refused: " + mirror.facts());
        }
    }

    private void create(NewTopic topic) {
        try (Admin admin = mirrored.clients.admin()) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private void delete(String topic) {
        try (Admin admin = mirrored.clients.admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
