// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients with the limits of this house; the operator's properties come first and cannot undo ours. */
final class KafkaClients {

    /** One answer of a broker. */
    static final Duration REQUEST = Duration.ofSeconds(5);

    /** A batch with all its repetitions; then Kafka counts as away. */
    static final Duration DELIVERY = Duration.ofSeconds(15);

    /** Some 600 entries of the usual size travel together, 64 of the largest. */
    static final int BATCH_BYTES = 256 << 10;

    /** What waits in this process; a step never hands over more than a MiB. */
    static final int BUFFER_BYTES = 4 << 20;

    /** One answer of a broker to a reader. */
    static final int FETCH_BYTES = 4 << 20;

    static final int POLL_RECORDS = 500;

    private static final int RECONNECT_AT_MOST_MILLIS = 2_000;

    private final List<String> servers;
    private final Map<String, String> properties;

    KafkaClients(List<String> servers, Map<String, String> properties) {
        this.servers = List.copyOf(servers);
        this.properties = Map.copyOf(properties);
    }

    /**
     * One request on its way at a time: whatever fails, nothing that comes after it is in the topic. Idempotent, so a
     * repeated request is one record.
     */
    Producer<byte[], byte[]> producer() {
        Map<String, Object> all = common();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        all.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) REQUEST.toMillis());
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY.toMillis());
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Reads by partition and offset: no group, nothing stored at the broker. */
    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> all = common();
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        Map<String, Object> all = common();
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        return Admin.create(all);
    }

    private Map<String, Object> common() {
        Map<String, Object> common = new HashMap<>(properties);
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        common.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
        common.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AT_MOST_MILLIS);
        common.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        common.put("enable.metrics.push", false);
        return common;
    }
}
