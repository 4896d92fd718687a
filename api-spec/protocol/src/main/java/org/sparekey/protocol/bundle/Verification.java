// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.bundle.Check.Status;
import org.sparekey.protocol.json.Digest;

/**
 * The judgement on a bundle.
 *
 * @param trust fingerprint of the trust file, where one was given
 * @param demo whether the gateway is a demonstration: then nothing in it is evidence of anything
 * @param index what the bundle says it is, where that could be read
 */
public record Verification(List<Check> checks, Optional<Digest> trust, boolean demo, Optional<BundleIndex> index) {

    public static final int AUTHENTIC = 0;
    public static final int NOT_AUTHENTIC = 5;
    public static final int INCOMPLETE = 10;

    public Verification {
        checks = List.copyOf(checks);
    }

    /** 0 authentic, 5 not authentic, 10 incomplete or keys not confirmed: the exit code. A forgery outweighs a gap. */
    public int overall() {
        if (has(Status.FAIL)) {
            return NOT_AUTHENTIC;
        }
        return has(Status.MISSING) || !has(Status.PASS) ? INCOMPLETE : AUTHENTIC;
    }

    public Verdict verdict() {
        if (overall() == NOT_AUTHENTIC) {
            return Verdict.NOT_AUTHENTIC;
        }
        if (overall() == AUTHENTIC) {
            return Verdict.AUTHENTIC;
        }
        return trust.isEmpty() ? Verdict.KEYS_NOT_CONFIRMED : Verdict.INCOMPLETE;
    }

    /** What became of one of the four ticks. */
    public Tick.Mark mark(Tick tick) {
        List<Status> found = checks.stream()
                .filter(check -> tick.rests().contains(check.topic()))
                .map(Check::status)
                .toList();
        if (found.contains(Status.FAIL)) {
            return Tick.Mark.FAILED;
        }
        boolean decided = found.contains(Status.PASS) || found.contains(Status.NOTE);
        if (found.contains(Status.MISSING) || !decided || trust.isEmpty()) {
            return Tick.Mark.UNDECIDED;
        }
        return found.contains(Status.PASS) ? Tick.Mark.YES : Tick.Mark.NO;
    }

    private boolean has(Status status) {
        return checks.stream().anyMatch(check -> check.status() == status);
    }
}
