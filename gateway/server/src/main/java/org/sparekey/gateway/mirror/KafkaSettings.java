// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Kafka is, under the names that Spring Boot uses. Nothing is mirrored while it is not set.
 *
 * @param bootstrapServers host:port of some brokers
 * @param properties of the Kafka clients, such as {@code security.protocol} and {@code ssl.*}; what the mirror's order
 *     and durability rest on cannot be changed here
 */
@ConfigurationProperties("spring.kafka")
public record KafkaSettings(
        @DefaultValue List<String> bootstrapServers,
        @DefaultValue Map<String, String> properties) {

    /** The settings hold passwords: none prints. */
    @Override
    public String toString() {
        return "KafkaSettings" + bootstrapServers;
    }
}
