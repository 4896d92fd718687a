// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.sparekey.gateway.auditlog.witness.Offered;
import org.sparekey.gateway.auditlog.witness.Offering;
import org.sparekey.gateway.auditlog.witness.WitnessDoor;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.WitnessKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/** One witness of one log as this process knows it: whether it may be asked now, and how it answered last. */
final class WitnessDesk {

    /** After a failure: long enough not to knock ten times a second, short enough to come back unnoticed. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final WitnessPolicy.Witness witness;
    private final WitnessDoor door;
    private final InstantSource clock;
    private boolean asking;
    private Instant notBefore = Instant.EPOCH;
    private Optional<Instant> answered = Optional.empty();
    private Optional<WitnessFacts.Failure> failing = Optional.empty();

    WitnessDesk(WitnessPolicy.Witness witness, WitnessDoor door, InstantSource clock) {
        this.witness = witness;
        this.door = door;
        this.clock = clock;
    }

    WitnessKey key() {
        return witness.key();
    }

    /** Takes the desk for one offer, unless one is under way or the last failure is too fresh. */
    synchronized boolean take() {
        boolean free = !asking && !clock.instant().isBefore(notBefore);
        asking |= free;
        return free;
    }

    /** From the first request to the last answer; the desk was taken. Each answer is awaited for a second at most. */
    Offered offer(Offering offering) throws InterruptedException {
        AddCheckpoint request = offering.request();
        while (true) {
            try {
                Offered offered = offering.answered(door.send(request));
                if (!(offered instanceof Offered.Again(AddCheckpoint next))) {
                    return offered;
                }
                request = next;
            } catch (IOException e) {
                return new Offered.Failed("no-answer");
            }
        }
    }

    synchronized void succeeded() {
        asking = false;
        answered = Optional.of(clock.instant());
        failing = Optional.empty();
    }

    synchronized void failed(String code) {
        Instant now = clock.instant();
        asking = false;
        notBefore = now.plus(PAUSE);
        failing = Optional.of(new WitnessFacts.Failure(
                failing.map(WitnessFacts.Failure::since).orElse(now), now, code));
    }

    /** After whatever was thrown on the way. */
    synchronized void left() {
        asking = false;
    }

    synchronized WitnessFacts facts() {
        return new WitnessFacts(witness.name(), answered, failing);
    }
}
