// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The instant of which a person speaks; a time without a zone is refused, never guessed. */
@NullUnmarked
final class When {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--at", paramLabel = "TIME", description = "with a zone: 2026-11-01T00:00:00Z (default: now)")
    private String at;

    boolean isSaid() {
        return at != null;
    }

    Instant instant(Surroundings around) {
        Instant now = around.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        if (at == null) {
            return now;
        }
        try {
            Instant instant = OffsetDateTime.parse(at).toInstant().truncatedTo(ChronoUnit.MILLIS);
            if (!instant.isAfter(now)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            throw new ParameterException(spec.commandLine(), "--at is a time with a zone: 2026-11-01T00:00:00Z", e);
        }
        throw new ParameterException(spec.commandLine(), "--at is still to come");
    }
}
