// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.sparekey.gateway.auditlog.LogCopy;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirroredEntry;

/**
 * Reads an origin's entries topic from its beginning to the end that it had at the start: repetitions and foreign records
 * are passed over, the entry whose turn it is is taken. It ends where the next entry is missing.
 */
public final class MirrorCopy implements LogCopy, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MAX_EMPTY_POLLS = 20;

    private final String origin;
    private final TopicPartition partition;
    private final Consumer<byte[], byte[]> consumer;
    private final long end;
    private final Deque<byte[]> read = new ArrayDeque<>();
    private long nextIndex;
    private int empty;

    MirrorCopy(String origin, KafkaClients clients) {
        this.origin = origin;
        this.partition = new TopicPartition(MirrorTopics.of(origin).entries(), 0);
        this.consumer = clients.consumer();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        this.end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    @Override
    public String origin() {
        return origin;
    }

    /** @throws KafkaException when Kafka does not answer: the copy is not at its end then */
    @Override
    public List<byte[]> next(int atMost) {
        while (read.size() < atMost && consumer.position(partition) < end) {
            poll();
        }
        List<byte[]> next = new ArrayList<>();
        while (next.size() < atMost && !read.isEmpty()) {
            next.add(read.remove());
        }
        return next;
    }

    private void poll() {
        List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
        empty = polled.isEmpty() ? empty + 1 : 0;
        if (empty > MAX_EMPTY_POLLS) {
            throw new KafkaException("no answer for " + partition);
        }
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            Records.entry(record)
                    .filter(MirroredEntry::intact)
                    .filter(entry -> entry.index() == nextIndex)
                    .ifPresent(this::take);
        }
    }

    private void take(MirroredEntry entry) {
        read.add(entry.bytes());
        nextIndex++;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
