// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.LogStage;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.mirror.MirrorPosition;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirrorVerdict;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/** A log on a real database, and what follows it through a real broker. The clock stands where the test puts it. */
final class MirrorStage implements InstantSource, AutoCloseable {

    static final MirrorSettings SETTINGS =
            new MirrorSettings(Duration.ofDays(2557), (short) 1, Duration.ofMillis(10), false);

    final LogStage stage;
    final KafkaClients clients;
    private final KafkaSettings kafka;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    MirrorStage(Path root, String bootstrap) {
        this.stage = new LogStage(root);
        this.kafka = new KafkaSettings(List.of(bootstrap), Map.of());
        this.clients = new KafkaClients(kafka.bootstrapServers(), kafka.properties());
    }

    @Override
    public Instant instant() {
        return now;
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    Mirror mirror() {
        return mirror(name -> {});
    }

    /** Another replica, with an owner of its own in the lease. */
    Mirror mirror(Failpoint failpoint) {
        return mirror(kafka, failpoint);
    }

    Mirror mirror(KafkaSettings settings, Failpoint failpoint) {
        Lease lease = new Lease(stage.app(), this, new SecureRandom());
        return MirrorConfiguration.open(settings, SETTINGS, stage.log(), lease, this, failpoint);
    }

    /** Steps until nothing is left to send. */
    void all(Mirror mirror) {
        while (mirror.step()) {
            // until level
        }
        later(OriginMirror.LOOK_AGAIN);
    }

    void mirrorAll() {
        try (Mirror mirror = mirror()) {
            all(mirror);
        }
    }

    void sent(int entries) {
        stage.publish(entries);
        mirrorAll();
    }

    MirrorCopy copy() {
        return new MirrorCopy(stage.log().origin(LogName.CASE), clients);
    }

    List<byte[]> copied() {
        List<byte[]> all = new ArrayList<>();
        try (MirrorCopy copy = copy()) {
            for (List<byte[]> next = copy.next(10); !next.isEmpty(); next = copy.next(10)) {
                all.addAll(next);
            }
        }
        return all;
    }

    MirrorTopics topics() {
        return MirrorTopics.of(stage.log().origin(LogName.CASE));
    }

    Topic entries() {
        return new Topic(topics().entries(), clients);
    }

    Topic checkpoints() {
        return new Topic(topics().checkpoints(), clients);
    }

    MirrorFollower follower() {
        return follower(MirrorPosition.start(stage.log().origin(LogName.CASE)));
    }

    MirrorFollower follower(MirrorPosition position) {
        return new MirrorFollower(kafka.bootstrapServers(), kafka.properties(), key(), WitnessPolicy.NONE, position);
    }

    private NoteKey key() {
        try {
            return NoteKey.parse(stage.log().vkey(LogName.CASE));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** Follows to the end of what Kafka has. */
    static List<MirrorVerdict> follow(MirrorFollower follower) {
        List<MirrorVerdict> verdicts = new ArrayList<>();
        do {
            verdicts.addAll(follower.step(Duration.ofMillis(200)));
        } while (!follower.level());
        return verdicts;
    }

    List<MirrorVerdict.Alarm> alarms() {
        try (MirrorFollower follower = follower()) {
            return alarms(follow(follower));
        }
    }

    static List<MirrorVerdict.Alarm> alarms(List<MirrorVerdict> verdicts) {
        return verdicts.stream()
                .filter(MirrorVerdict.Alarm.class::isInstance)
                .map(MirrorVerdict.Alarm.class::cast)
                .toList();
    }

    /** The broker is shared; its topics are this test's. */
    @Override
    public void close() {
        try (Admin admin = clients.admin()) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
