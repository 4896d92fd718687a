// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The four ticks of a step in the log; each proves something else, and {@link Wording} says what it does not. */
public enum Tick {
    RECORDED(Topic.LOG_ENTRIES, Topic.CASE_SEQUENCE, Topic.COMMITMENTS, Topic.CASE_END, Topic.COURSE, Topic.CLAIMS),
    SIGNED(
            Topic.BUNDLE_SIGNATURE,
            Topic.MEMBERS,
            Topic.ORDER_SIGNATURE,
            Topic.VALIDATOR_SIGNATURE,
            Topic.ANSWER,
            Topic.APPROVALS,
            Topic.SECOND_PERSON,
            Topic.EXECUTION_TICKET,
            Topic.MANIFEST,
            Topic.WITHHELD_COPY,
            Topic.ACKNOWLEDGEMENT),
    WITNESSED(Topic.WITNESSES),
    TIME_STAMPED(Topic.TIME);

    /** What became of it: proven, not there and not asked for, not decidable here, or refuted. */
    public enum Mark {
        YES,
        NO,
        UNDECIDED,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Set<Topic> rests;

    Tick(Topic... rests) {
        this.rests = java.util.Collections.unmodifiableSet(EnumSet.copyOf(List.of(rests)));
    }

    /** The checks that it rests on. */
    Set<Topic> rests() {
        return rests;
    }

    /** For machines: lower case with hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
