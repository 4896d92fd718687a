// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.protocol.mirror.MirrorPosition;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirrorVerdict;
import org.sparekey.protocol.mirror.MirroredEntry;

class MirrorTest {

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
    void entries_arrive_in_index_order_with_their_exact_bytes_and_the_checkpoint_after_them() {
        mirrored.stage.publish(300);
        mirrored.stage.publish(LogName.REGISTRY, "one", "two");
        mirrored.mirrorAll();
        List<EntryText> published = mirrored.stage.log().from(LogName.CASE, 0, 1000);
        List<MirroredEntry> entries = mirrored.entries().entries();
        assertThat(entries).extracting(MirroredEntry::index).isEqualTo(Topic.indices(0, 300));
        assertThat(entries.stream().map(entry -> text(entry.bytes())))
                .containsExactlyElementsOf(
                        published.stream().map(entry -> text(entry.bytes())).toList());
        assertThat(mirrored.checkpoints().records())
                .extracting(record -> text(record.value()))
                .containsExactly(
                        text(mirrored.stage.log().checkpoint(LogName.CASE).orElseThrow()));
        MirrorTopics registry = MirrorTopics.of(mirrored.stage.log().origin(LogName.REGISTRY));
        assertThat(new Topic(registry.entries(), mirrored.clients).entries()).hasSize(2);
    }

    @Test
    void a_follower_with_the_public_key_alone_computes_the_root_of_every_checkpoint() {
        try (Mirror mirror = mirrored.mirror()) {
            for (int size : List.of(1, 7, 256, 3)) {
                mirrored.stage.publish(size);
                mirrored.all(mirror);
            }
        }
        try (MirrorFollower follower = mirrored.follower()) {
            List<MirrorVerdict> verdicts = MirrorStage.follow(follower);
            assertThat(MirrorStage.alarms(verdicts)).isEmpty();
            assertThat(verdicts).filteredOn(MirrorTest::verifies).hasSize(4);
            assertThat(follower.position().size()).isEqualTo(267);
        }
    }

    @Test
    void a_follower_goes_on_from_the_position_it_kept() {
        mirrored.stage.publish(1100);
        mirrored.mirrorAll();
        MirrorPosition kept;
        try (MirrorFollower follower = mirrored.follower()) {
            MirrorStage.follow(follower);
            kept = follower.position();
        }
        mirrored.stage.publish(5);
        mirrored.mirrorAll();
        try (MirrorFollower follower = mirrored.follower(kept)) {
            assertThat(MirrorStage.alarms(MirrorStage.follow(follower))).isEmpty();
            assertThat(follower.position().size()).isEqualTo(1105);
        }
    }

    @Test
    void a_new_process_goes_on_where_kafka_says_it_was_and_sends_nothing_twice() {
        mirrored.stage.publish(10);
        mirrored.mirrorAll();
        mirrored.stage.publish(4);
        mirrored.mirrorAll();
        assertThat(mirrored.entries().entries())
                .extracting(MirroredEntry::index)
                .isEqualTo(Topic.indices(0, 14));
        assertThat(mirrored.checkpoints().records()).hasSize(2);
    }

    @Test
    void a_process_that_dies_after_sending_has_lost_nothing_and_doubled_nothing() {
        for (String point : List.of("mirror.entries-read", "mirror.entries-sent", "mirror.entries-acknowledged")) {
            mirrored.stage.publish(20);
            Mirror dying = mirrored.mirror(name -> {
                if (name.equals(point)) {
                    throw new Died();
                }
            });
            assertThatThrownBy(() -> mirrored.all(dying)).as(point).isInstanceOf(Died.class);
            mirrored.later(Lease.LENGTH.plusSeconds(1));
            mirrored.mirrorAll();
            dying.close();
        }
        assertThat(mirrored.entries().entries())
                .extracting(MirroredEntry::index)
                .isEqualTo(Topic.indices(0, 60));
        assertThat(mirrored.alarms()).isEmpty();
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void two_replicas_that_both_send_are_one_log_to_the_follower() {
        mirrored.stage.publish(5);
        mirrored.mirrorAll();
        mirrored.stage.publish(300);
        try (Mirror second = mirrored.mirror();
                Mirror first = mirrored.mirror(name -> {
                    if (name.equals("mirror.entries-read")) {
                        // It stands still for longer than its lease, and another one takes over.
                        mirrored.later(Lease.LENGTH.plusSeconds(1));
                        mirrored.all(second);
                    }
                })) {
            mirrored.all(first);
        }
        // Both had read the same entries; what each wrote stands there twice until a follower drops it.
        List<Long> sent =
                mirrored.entries().entries().stream().map(MirroredEntry::index).toList();
        assertThat(sent).hasSize(305 + OriginMirror.MAX_BATCH);
        try (MirrorFollower follower = mirrored.follower()) {
            List<MirrorVerdict> verdicts = MirrorStage.follow(follower);
            assertThat(MirrorStage.alarms(verdicts)).isEmpty();
            assertThat(verdicts).contains(new MirrorVerdict.Repeated());
            assertThat(follower.position().size()).isEqualTo(305);
        }
    }

    @Test
    void one_replica_sends_while_it_holds_the_lease_and_the_other_stands_by() {
        mirrored.stage.publish(3);
        try (Mirror first = mirrored.mirror();
                Mirror second = mirrored.mirror()) {
            mirrored.all(first);
            assertThat(second.step()).isFalse();
            assertThat(first.facts()).extracting(MirrorFacts::state).containsOnly(MirrorFacts.State.FOLLOWING);
            assertThat(second.facts()).extracting(MirrorFacts::state).containsOnly(MirrorFacts.State.STANDBY);
            first.close();
            mirrored.stage.publish(1);
            assertThat(second.step()).isTrue();
            assertThat(second.facts()).extracting(MirrorFacts::state).containsOnly(MirrorFacts.State.FOLLOWING);
        }
        assertThat(mirrored.alarms()).isEmpty();
    }

    @Test
    void no_topic_holds_a_payload_or_a_salt() {
        mirrored.stage.publish(50);
        mirrored.stage.publish(LogName.REGISTRY, "account 4711 of Example Reseller", "account 4712");
        mirrored.mirrorAll();
        String dump = dump();
        assertThat(dump).contains("order.received", "log.hoster.example");
        assertThat(secrets()).hasSize(104).noneMatch(dump::contains);
    }

    @Test
    void without_a_broker_configured_nothing_is_mirrored() {
        KafkaSettings off = new KafkaSettings(List.of(), Map.of());
        try (Mirror mirror = mirrored.mirror(off, name -> {})) {
            assertThat(mirror.on()).isFalse();
            assertThat(mirror.step()).isFalse();
            assertThat(mirror.facts()).isEmpty();
        }
    }

    /** Salts and payloads as they are, in hex and in base64: whichever way somebody might have written them. */
    private List<String> secrets() {
        return mirrored
                .stage
                .app()
                .sql("SELECT salt, payload FROM auditlog_payload")
                .query((row, n) -> List.of(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(row.getBytes("salt")),
                        new String(row.getBytes("payload"), StandardCharsets.UTF_8)))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private String dump() {
        StringBuilder dump = new StringBuilder();
        try (Admin admin = mirrored.clients.admin()) {
            for (String topic : admin.listTopics().names().get()) {
                for (ConsumerRecord<byte[], byte[]> record : new Topic(topic, mirrored.clients).records()) {
                    dump.append(new String(record.value(), StandardCharsets.UTF_8));
                    record.headers().forEach(header -> dump.append(new String(header.value(), StandardCharsets.UTF_8)));
                    assertThat(record.key()).isNull();
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        return dump.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static boolean verifies(MirrorVerdict verdict) {
        return verdict.match(followed -> followed.verified().isPresent(), repeated -> false, alarm -> false);
    }
}
