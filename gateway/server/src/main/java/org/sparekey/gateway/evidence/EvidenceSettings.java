// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sparekey.capture.seal.SealPlan;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory where sealed copies lie
 * @param volumeBytes plaintext bytes of one volume: whole MiB, at most 4 GiB
 * @param bytesPerSecond what is read of a guest's disks at most, at least 1 MiB; absent: as fast as it goes
 * @param attemptTime how long one attempt may take before it is given up
 * @param proofWait how long a step waits for an entry to be in a signed checkpoint before it tries again later
 * @param interval how long the room rests when nothing is due
 * @param isolate whether the gateway's own hand may take one guest off the net; without it officers do, and report it
 * @param isolationTime how long an announced isolation may wait before it is given up
 * @param run false where a test takes the steps by hand
 */
@ConfigurationProperties("sparekey.evidence")
public record EvidenceSettings(
        @Nullable Path directory,
        @DefaultValue("1073741824") long volumeBytes,
        @Nullable Long bytesPerSecond,
        @DefaultValue("6h") Duration attemptTime,
        @DefaultValue("10s") Duration proofWait,
        @DefaultValue("500ms") Duration interval,
        @DefaultValue("false") boolean isolate,
        @DefaultValue("15m") Duration isolationTime,
        @DefaultValue("true") boolean run) {

    Path requiredDirectory() {
        if (directory == null) {
            throw new IllegalStateException(
                    "The evidence store is not configured: set sparekey.evidence.directory, where sealed copies lie.");
        }
        return directory;
    }

    SealPlan plan() {
        return new SealPlan(
                volumeBytes,
                SealPlan.DEFAULT_ZSTD_LEVEL,
                bytesPerSecond == null ? OptionalLong.empty() : OptionalLong.of(bytesPerSecond));
    }
}
