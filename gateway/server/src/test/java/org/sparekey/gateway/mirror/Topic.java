// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirroredEntry;
import org.sparekey.protocol.tree.TreeHash;

/** A topic in the hands of somebody with every right at the broker. */
record Topic(String name, KafkaClients clients) {

    List<ConsumerRecord<byte[], byte[]>> records() {
        TopicPartition partition = new TopicPartition(name, 0);
        try (Line line = new Line(clients)) {
            return line.before(partition, line.end(partition), Integer.MAX_VALUE);
        }
    }

    List<MirroredEntry> entries() {
        return records().stream()
                .map(record -> Records.entry(record).orElseThrow())
                .toList();
    }

    void append(MirroredEntry entry) {
        append(List.of(record(entry.indexHeader(), entry.leafHashHeader(), entry.bytes())));
    }

    void append(byte[] value) {
        append(List.of(new ProducerRecord<>(name, 0, null, value)));
    }

    private void append(List<ProducerRecord<byte[], byte[]>> records) {
        try (Line line = new Line(clients)) {
            line.send(records);
        }
    }

    /** The same topic with another history: Kafka itself only appends. */
    void rewrite(Consumer<List<MirroredEntry>> change) {
        List<MirroredEntry> entries = new ArrayList<>(entries());
        change.accept(entries);
        try (Admin admin = clients.admin()) {
            Map<String, String> configs = new Topics(MirrorStage.SETTINGS).configs();
            admin.deleteTopics(List.of(name)).all().get();
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(configs)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        append(entries.stream()
                .map(entry -> record(entry.indexHeader(), entry.leafHashHeader(), entry.bytes()))
                .toList());
    }

    private ProducerRecord<byte[], byte[]> record(byte[] index, byte[] leafHash, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(MirrorTopics.INDEX, index).add(MirrorTopics.LEAF_HASH, leafHash);
        return new ProducerRecord<>(name, 0, null, null, value, headers);
    }

    static MirroredEntry altered(MirroredEntry entry, boolean consistently) {
        return altered(entry, consistently, entry.index());
    }

    static MirroredEntry altered(MirroredEntry entry, boolean consistently, long index) {
        byte[] bytes = entry.bytes().clone();
        bytes[bytes.length / 2] ^= 1;
        return new MirroredEntry(index, consistently ? TreeHash.leaf(bytes) : entry.leafHash(), bytes);
    }

    static List<Long> indices(int from, int to) {
        return IntStream.range(from, to).mapToObj(Long::valueOf).toList();
    }
}
