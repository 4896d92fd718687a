// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.tree.SignedNote;

/** Sees to it that an origin's two topics are there and are what a mirror needs: one partition, nothing compacted, an end. */
final class Topics {

    private final MirrorSettings settings;

    Topics(MirrorSettings settings) {
        this.settings = settings;
    }

    /** @throws MisconfiguredException when a topic is there and is not as it must be */
    void require(Admin admin, MirrorTopics topics) {
        for (String name : List.of(topics.entries(), topics.checkpoints())) {
            int partitions = partitions(admin, name);
            if (partitions == 0) {
                create(admin, name);
            } else if (partitions > 1) {
                throw new MisconfiguredException(name + " has " + partitions + " partitions and no order between them");
            } else {
                requireConfigured(admin, name);
            }
        }
    }

    private static int partitions(Admin admin, String name) {
        try {
            return get(admin.describeTopics(List.of(name)).allTopicNames()).values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .sum();
        } catch (UnknownTopicOrPartitionException absent) {
            return 0;
        }
    }

    private void create(Admin admin, String name) {
        NewTopic topic = new NewTopic(name, 1, settings.replicas()).configs(configs());
        try {
            get(admin.createTopics(List.of(topic)).all());
        } catch (TopicExistsException anotherReplicaWasFaster) {
            requireConfigured(admin, name);
        }
    }

    private void requireConfigured(Admin admin, String name) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        List<String> wrong = new ArrayList<>();
        for (Config config : get(admin.describeConfigs(List.of(topic)).all()).values()) {
            configs().forEach((key, wanted) -> {
                ConfigEntry is = config.get(key);
                if (is == null || !wanted.equals(is.value())) {
                    wrong.add(key + "=" + (is == null ? "" : is.value()) + " instead of " + wanted);
                }
            });
        }
        if (!wrong.isEmpty()) {
            throw new MisconfiguredException(name + " has " + String.join(", ", wrong));
        }
    }

    Map<String, String> configs() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(settings.retention().toMillis()),
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1",
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime",
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(settings.inSync()),
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(SignedNote.MAX_BYTES * 2));
    }

    /** Kafka's own exceptions come wrapped, and are not checked ones. */
    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException ours ? ours : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** A topic that would lose records or their order: nothing is written into it. */
    static final class MisconfiguredException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MisconfiguredException(String message) {
            super(message);
        }
    }
}
