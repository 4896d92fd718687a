// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How a client behaves; every part has a usual value.
 *
 * @param retries of every call
 * @param deadline of one call with all its attempts and waits; a synchronisation is one call for each batch
 * @param progress hears how far a synchronisation is
 * @param clock dates signatures and deadlines
 * @param random salts, references and waits
 * @param pause how to wait between attempts
 * @param ledger directory of what must not be lost; absent = beside the configuration
 */
public record ClientSettings(
        Retries retries,
        Duration deadline,
        Progress progress,
        InstantSource clock,
        SecureRandom random,
        Pause pause,
        Optional<Path> ledger) {

    /** A batch of 80 MiB over a slow line takes a minute. */
    public static final Duration USUAL_DEADLINE = Duration.ofMinutes(5);

    public ClientSettings {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a deadline lies ahead");
        }
    }

    public static ClientSettings usual() {
        return new ClientSettings(
                Retries.USUAL,
                USUAL_DEADLINE,
                Progress.NONE,
                Sources.clock(),
                Sources.random(),
                time -> Thread.sleep(time.toMillis()),
                Optional.empty());
    }

    public ClientSettings retries(Retries other) {
        return new ClientSettings(other, deadline, progress, clock, random, pause, ledger);
    }

    public ClientSettings deadline(Duration other) {
        return new ClientSettings(retries, other, progress, clock, random, pause, ledger);
    }

    public ClientSettings progress(Progress other) {
        return new ClientSettings(retries, deadline, other, clock, random, pause, ledger);
    }

    public ClientSettings clock(InstantSource other) {
        return new ClientSettings(retries, deadline, progress, other, random, pause, ledger);
    }

    public ClientSettings random(SecureRandom other) {
        return new ClientSettings(retries, deadline, progress, clock, other, pause, ledger);
    }

    public ClientSettings pause(Pause other) {
        return new ClientSettings(retries, deadline, progress, clock, random, other, ledger);
    }

    public ClientSettings ledger(Path directory) {
        return new ClientSettings(retries, deadline, progress, clock, random, pause, Optional.of(directory));
    }
}
