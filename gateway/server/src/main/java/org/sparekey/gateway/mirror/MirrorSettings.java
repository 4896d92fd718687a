// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention how long Kafka keeps a record: the written end of this copy, the same on every topic
 * @param replicas copies of a topic among the brokers; with three or more, two must have a record before it counts
 * @param interval how long the mirror rests when it is level
 * @param run false where a test takes the steps by hand
 */
@ConfigurationProperties("sparekey.mirror")
public record MirrorSettings(
        @DefaultValue("2557d") Duration retention,
        @DefaultValue("3") short replicas,
        @DefaultValue("200ms") Duration interval,
        @DefaultValue("true") boolean run) {

    private static final int SAFE_REPLICAS = 3;

    public MirrorSettings {
        if (retention.isNegative() || retention.isZero() || replicas < 1) {
            throw new IllegalArgumentException("sparekey.mirror: retention and replicas are positive");
        }
    }

    /** One broker may be away without stopping the mirror, none may be alone with a record. */
    int inSync() {
        return replicas < SAFE_REPLICAS ? 1 : 2;
    }
}
