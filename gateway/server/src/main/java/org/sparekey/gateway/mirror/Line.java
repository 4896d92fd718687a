// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** An open way into Kafka: sends in order or not at all, and reads back. Once anything failed it is of no more use. */
final class Line implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MAX_EMPTY_POLLS = 10;

    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;

    Line(KafkaClients clients) {
        this.producer = clients.producer();
        this.consumer = clients.consumer();
    }

    /** The offset that the next record would get. */
    long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The offset of the oldest record that Kafka still has. */
    long begin(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The records of a stretch before an offset, oldest first; fewer where the topic begins. */
    List<ConsumerRecord<byte[], byte[]>> before(TopicPartition partition, long end, int count) {
        long from = Math.max(begin(partition), end - count);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (from >= end) {
            return records;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        for (int empty = 0; consumer.position(partition) < end; ) {
            List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(partition);
            polled.stream().filter(record -> record.offset() < end).forEach(records::add);
            empty = polled.isEmpty() ? empty + 1 : 0;
            if (empty > MAX_EMPTY_POLLS) {
                throw new KafkaException("no answer for " + partition + " from " + from + " to " + end);
            }
        }
        return records;
    }

    /**
     * Sends in this order and waits until all are acknowledged.
     *
     * @return the offset after the last
     * @throws KafkaException when one was not: then none after it is in the topic, and this line is dead
     */
    long send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record, this::dieOnFailure));
            }
        } catch (IllegalStateException closedByAFailure) {
            throw new KafkaException("not sent", closedByAFailure);
        }
        producer.flush();
        long end = 0;
        for (Future<RecordMetadata> acknowledged : sent) {
            end = get(acknowledged).offset() + 1;
        }
        return end;
    }

    /**
     * Runs in the sender's thread before it takes the next batch. Without it a batch that was given up would be followed
     * by the next one, and the topic would have a gap for ever.
     */
    private void dieOnFailure(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            producer.close(Duration.ZERO);
        }
    }

    private static RecordMetadata get(Future<RecordMetadata> acknowledged) {
        try {
            return acknowledged.get();
        } catch (ExecutionException e) {
            throw new KafkaException("not acknowledged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
