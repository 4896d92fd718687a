// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.mirror.Follower;
import org.sparekey.protocol.mirror.MirrorFault;
import org.sparekey.protocol.mirror.MirrorPosition;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirrorVerdict;
import org.sparekey.protocol.mirror.MirroredEntry;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * Reads one origin's mirror for a {@link Follower}. It needs read access to two topics and the log's public key, nothing of
 * the gateway. Kafka away or a topic absent is a KafkaException of the step; the next step goes on.
 */
public final class MirrorFollower implements AutoCloseable {

    private final Follower follower;
    private final Consumer<byte[], byte[]> consumer;
    private final Reading entries;
    private final Reading checkpoints;
    private final boolean fromTheFirst;
    private boolean placed;

    /** One more than the highest index that came by since this follower began. */
    private long came;

    private Optional<MirrorVerdict.Alarm> cutOff = Optional.empty();

    /** A topic, and what was read of it and is not judged yet. */
    private record Reading(TopicPartition partition, Deque<ConsumerRecord<byte[], byte[]>> waiting) {
        static Reading of(String topic) {
            return new Reading(new TopicPartition(topic, 0), new ArrayDeque<>());
        }
    }

    /**
     * @param properties of Kafka's clients, such as {@code security.protocol}
     * @param position where to go on; {@link MirrorPosition#start} for all from the beginning
     */
    public MirrorFollower(
            List<String> bootstrapServers,
            Map<String, String> properties,
            NoteKey log,
            WitnessPolicy policy,
            MirrorPosition position) {
        this.follower = new Follower(log, policy, position);
        this.fromTheFirst = position.entriesFrom() == 0;
        this.consumer = new KafkaClients(bootstrapServers, properties).consumer();
        MirrorTopics topics = MirrorTopics.of(log.name());
        this.entries = Reading.of(topics.entries());
        this.checkpoints = Reading.of(topics.checkpoints());
    }

    /** What was verified last: keep it, to go on from there. */
    public MirrorPosition position() {
        return follower.position();
    }

    /** The alarm after which nothing can be judged any more, if there was one. */
    public Optional<MirrorVerdict.Alarm> stopped() {
        return follower.stopped().or(() -> cutOff);
    }

    /** Reads what is there, waiting at most so long for something. @return what the follower says of each record */
    public List<MirrorVerdict> step(Duration atMost) {
        try {
            place();
            return cutOff.isPresent() ? List.of(cutOff.get()) : read(atMost);
        } catch (OffsetOutOfRangeException shorter) {
            return List.of(cutOff(shorter.partitions().iterator().next()));
        }
    }

    /**
     * A topic ends before what was read of it: it was deleted and made anew, or records at its end were removed. Kafka only
     * appends, so nothing honest does that; what is in the topic now is judged from its beginning, without the position.
     */
    private MirrorVerdict.Alarm cutOff(TopicPartition partition) {
        MirrorVerdict.Alarm alarm = new MirrorVerdict.Alarm(
                MirrorFault.CUT_OFF,
                position().size(),
                "the topic " + partition.topic() + " ends before what was read of it: it was made anew or cut off");
        cutOff = Optional.of(alarm);
        return alarm;
    }

    private List<MirrorVerdict> read(Duration atMost) {
        for (Reading topic : List.of(entries, checkpoints)) {
            Set<TopicPartition> one = Set.of(topic.partition());
            if (topic.waiting().isEmpty()) {
                consumer.resume(one);
            } else {
                consumer.pause(one);
            }
        }
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(atMost);
        entries.waiting().addAll(polled.records(entries.partition()));
        checkpoints.waiting().addAll(polled.records(checkpoints.partition()));
        List<MirrorVerdict> verdicts = new ArrayList<>();
        boolean judged = true;
        while (judged) {
            judged = checkpoint(verdicts) || entry(verdicts);
        }
        return verdicts;
    }

    /** Whether all that Kafka has now has been judged; entries beyond the newest checkpoint wait for the next one. */
    public boolean level() {
        return stopped().isPresent()
                || checkpoints.waiting().isEmpty()
                        && isRead(checkpoints)
                        && (isRead(entries) || !entries.waiting().isEmpty());
    }

    /**
     * The size that the log has signed and Kafka has not the entries of; a gateway sends those first. Asked when level: by
     * then the last entries that were verified before have come by again, unless somebody took them away.
     */
    public OptionalLong missing() {
        if (stopped().isPresent()) {
            return OptionalLong.empty();
        }
        long verified = follower.position().size();
        boolean gone = came > 0 ? came < verified : fromTheFirst && verified > 0;
        return gone ? OptionalLong.of(verified) : follower.awaited();
    }

    private boolean isRead(Reading topic) {
        TopicPartition partition = topic.partition();
        return consumer.position(partition)
                >= consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
    }

    private boolean checkpoint(List<MirrorVerdict> verdicts) {
        if (checkpoints.waiting().isEmpty() || !follower.wantsCheckpoints()) {
            return false;
        }
        ConsumerRecord<byte[], byte[]> record = checkpoints.waiting().remove();
        byte[] note = record.value() == null ? new byte[0] : record.value();
        verdicts.add(follower.checkpoint(note, record.offset()));
        return true;
    }

    /** The first in the queue that has to wait holds up those behind it. */
    private boolean entry(List<MirrorVerdict> verdicts) {
        ConsumerRecord<byte[], byte[]> record = entries.waiting().peek();
        if (record == null || follower.stopped().isPresent()) {
            return false;
        }
        try {
            MirroredEntry entry = Records.parse(record);
            came = Math.max(came, entry.index() + 1);
            if (!follower.wants(entry)) {
                return false;
            }
            verdicts.add(follower.entry(entry, record.offset()));
        } catch (MalformedException foreign) {
            verdicts.add(follower.notAnEntry(foreign));
        }
        entries.waiting().remove();
        return true;
    }

    /** A topic that was cut off at its beginning is read from there: what is gone shows as a gap. */
    private void place() {
        if (!placed) {
            consumer.assign(List.of(entries.partition(), checkpoints.partition()));
            seek(entries.partition(), follower.position().entriesFrom());
            seek(checkpoints.partition(), follower.position().checkpointsFrom());
            placed = true;
        }
        // Made anew while it was followed: the broker tells only when it is asked for a record.
        for (Reading topic : List.of(entries, checkpoints)) {
            TopicPartition partition = topic.partition();
            if (cutOff.isEmpty()
                    && consumer.position(partition)
                            > consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L)) {
                cutOff(partition);
            }
        }
    }

    private void seek(TopicPartition partition, long from) {
        long begin = consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
        consumer.seek(partition, Math.max(begin, from));
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
