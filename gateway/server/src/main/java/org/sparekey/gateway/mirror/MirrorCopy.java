// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

    private final String origin;
    private final TopicPartition partition;
    private final TopicPartition checkpoints;
    private final KafkaClients clients;
    private final Consumer<byte[], byte[]> consumer;
    private final long end;
    private final Deque<byte[]> read = new ArrayDeque<>();
    private long nextIndex;

    MirrorCopy(String origin, KafkaClients clients) {
        this.origin = origin;
        this.partition = new TopicPartition(MirrorTopics.of(origin).entries(), 0);
        this.checkpoints = new TopicPartition(MirrorTopics.of(origin).checkpoints(), 0);
        this.clients = clients;
        this.consumer = clients.consumer();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        this.end = answered(() -> consumer.endOffsets(List.of(partition))).getOrDefault(partition, 0L);
    }

    @Override
    public String origin() {
        return origin;
    }

    /** The last ones of the topic; foreign records among them are the caller's to pass over. */
    @Override
    public List<byte[]> checkpoints() {
        try (Line line = new Line(clients)) {
            return answered(() -> line.before(checkpoints, line.end(checkpoints), Tails.STRETCH)).stream()
                    .flatMap(record -> Optional.ofNullable(record.value()).stream())
                    .toList();
        }
    }

    /** @throws UncheckedIOException when Kafka does not answer: the copy is not at its end then */
    @Override
    public List<byte[]> next(int atMost) {
        while (read.size() < atMost && answered(() -> consumer.position(partition)) < end) {
            answered(() -> consumer.poll(POLL)).records(partition).forEach(this::offer);
        }
        List<byte[]> next = new ArrayList<>();
        while (next.size() < atMost && !read.isEmpty()) {
            next.add(read.remove());
        }
        return next;
    }

    private void offer(ConsumerRecord<byte[], byte[]> record) {
        Records.entry(record)
                .filter(MirroredEntry::intact)
                .filter(entry -> entry.index() == nextIndex)
                .ifPresent(this::take);
    }

    private <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw new UncheckedIOException(new IOException("the mirror of " + origin + " cannot be read", e));
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
