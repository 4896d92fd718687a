// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * The judgement on a bundle.
 *
 * @param trust fingerprint of the trust file, where one was given
 * @param demo whether the gateway is a demonstration: then nothing in it is evidence of anything
 */
public record Verification(List<Check> checks, Optional<Digest> trust, boolean demo) {

    public static final int AUTHENTIC = 0;
    public static final int NOT_AUTHENTIC = 5;
    public static final int INCOMPLETE = 10;

    public Verification {
        checks = List.copyOf(checks);
    }

    /** 0 authentic, 5 not authentic, 10 incomplete or keys not confirmed: the exit code. A forgery outweighs a gap. */
    public int overall() {
        if (has(Check.Status.FAIL)) {
            return NOT_AUTHENTIC;
        }
        return has(Check.Status.MISSING) || !has(Check.Status.PASS) ? INCOMPLETE : AUTHENTIC;
    }

    /** One sentence for {@link #overall}. */
    public String verdict() {
        if (overall() == NOT_AUTHENTIC) {
            return "NOT AUTHENTIC: at least one check failed";
        }
        if (overall() == AUTHENTIC) {
            return "authentic";
        }
        return trust.isEmpty()
                ? "consistent with itself; keys not confirmed"
                : "incomplete: what is there holds, but something needed is missing";
    }

    private boolean has(Check.Status status) {
        return checks.stream().anyMatch(check -> check.status() == status);
    }
}
