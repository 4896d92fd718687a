// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param publicHost what origins begin with, such as {@code log.hoster.example}; never changed once a log is open
 * @param directory where tiles and checkpoints are published
 * @param guardDirectory where the fork guard remembers what was signed: NOT restored together with the database
 * @param interval how long an entry waits at most for company
 * @param run false where a test takes the steps by hand
 * @param policy by log, the tlog-policy file that says which witnesses must have cosigned; none for {@code quorum none}
 */
@ConfigurationProperties("sparekey.log")
public record LogSettings(
        @Nullable String publicHost,
        @Nullable Path directory,
        @Nullable Path guardDirectory,
        @DefaultValue("100ms") Duration interval,
        @DefaultValue("true") boolean run,
        @DefaultValue Map<String, Path> policy) {

    /** @throws IllegalStateException in one sentence, for a log that there is none of as well */
    Map<LogName, LogPolicy> policies() {
        Map<LogName, LogPolicy> policies = new EnumMap<>(LogName.class);
        policy.forEach((name, file) -> policies.put(log(name), LogPolicy.read(file)));
        for (LogName log : LogName.values()) {
            policies.putIfAbsent(log, LogPolicy.NONE);
        }
        return policies;
    }

    private static LogName log(String name) {
        try {
            return LogName.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "There is no log " + name + ": sparekey.log.policy has registry and case.", e);
        }
    }

    /** @param label the year, with a letter behind it where an origin of the same year was lost */
    String origin(LogName log, String label) {
        return required(publicHost, "public-host", "the host name in the log's origin") + "/log/" + log.text() + "/"
                + label;
    }

    Path requiredDirectory() {
        return required(directory, "directory", "where the log is published");
    }

    Path requiredGuardDirectory() {
        return required(guardDirectory, "guard-directory", "where the fork guard lives, outside the database");
    }

    private static <T> T required(@Nullable T value, String name, String meaning) {
        if (value == null) {
            throw new IllegalStateException(
                    "The log is not configured: set sparekey.log." + name + ", " + meaning + ".");
        }
        return value;
    }
}
