// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.Comparator;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sparekey.protocol.mirror.MirroredEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteKey;

/**
 * Finds from a topic's end where to go on, so that no second place remembers it. A gateway sends an index only when all
 * below are in the topic; hence the last of its own records says how far the mirror is at least. What others wrote is
 * passed over.
 */
final class Tails {

    /** Two batches: one look in nearly every case. */
    static final int STRETCH = 512;

    /** Beyond some 16,000 foreign records in a row the topic is not a mirror any more. */
    static final int MAX_STRETCHES = 32;

    private final Line line;

    Tails(Line line) {
        this.line = line;
    }

    /**
     * @param next the index to send next
     * @param end the offset that it will get
     * @param strangers records after the last of our own
     */
    record Tail(long next, long end, int strangers) {}

    /**
     * @param ours whether the log has published this entry
     * @throws Topics.MisconfiguredException when the topic had records, and none of this log is among the last
     */
    Tail entries(TopicPartition partition, Predicate<MirroredEntry> ours) {
        long begin = line.begin(partition);
        long end = line.end(partition);
        int strangers = 0;
        for (long to = end; to > begin && to > end - (long) STRETCH * MAX_STRETCHES; to -= STRETCH) {
            for (ConsumerRecord<byte[], byte[]> record :
                    line.before(partition, to, STRETCH).reversed()) {
                var entry = Records.entry(record).filter(MirroredEntry::intact).filter(ours);
                if (entry.isPresent()) {
                    return new Tail(entry.get().index() + 1, end, strangers);
                }
                strangers++;
            }
        }
        if (begin > 0 || strangers > STRETCH * (MAX_STRETCHES - 1)) {
            throw new Topics.MisconfiguredException(partition.topic() + " does not end in entries of this log");
        }
        return new Tail(0, end, strangers);
    }

    /** The largest of our own checkpoints near the end; 0 when there is none. */
    long checkpoint(TopicPartition partition, NoteKey key) {
        return line.before(partition, line.end(partition), STRETCH).stream()
                .flatMap(record -> Records.checkpoint(record.value(), key).stream())
                .map(Checkpoint::size)
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }
}
