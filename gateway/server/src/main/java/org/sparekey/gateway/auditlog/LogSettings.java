// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param publicHost what origins begin with, such as {@code log.hoster.example}; never changed once a log is open
 * @param directory where tiles and checkpoints are published
 * @param guardDirectory where the fork guard remembers what was signed: NOT restored together with the database
 * @param interval how long an entry waits at most for company
 * @param run false where a test takes the steps by hand
 */
@ConfigurationProperties("sparekey.log")
public record LogSettings(
        @Nullable String publicHost,
        @Nullable Path directory,
        @Nullable Path guardDirectory,
        @DefaultValue("100ms") Duration interval,
        @DefaultValue("true") boolean run) {

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
