// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.Arrays;
import java.util.Locale;

/** How far an enrolment is. IN_FORCE and what follows it are terminal. */
enum EnrolmentState {
    /** The code is out. */
    INVITED,
    /** The keys are here and their holder has proven that he has them. Fingerprints are compared by telephone now. */
    CLAIMED,
    /** Everybody who must sign has; its entry is not yet witnessed. */
    SIGNED,
    /** Witnessed; the day in which somebody may object runs. */
    WAITING,
    IN_FORCE,
    EXPIRED,
    /** Too many wrong codes. */
    BURNT,
    /** What it asks for was enrolled otherwise meanwhile, or a certificate expired before its key counted. */
    OVERTAKEN,
    /** An officer or the supervisor objected before it counted. */
    STOPPED;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static EnrolmentState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no enrolment state " + word));
    }
}
