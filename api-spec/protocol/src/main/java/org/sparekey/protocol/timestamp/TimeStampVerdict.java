// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import java.util.function.Function;

/** What {@link TimeStamps} found. */
public sealed interface TimeStampVerdict {

    /** Both cases, none forgotten. */
    <R> R match(Function<TimeStamp, R> stamped, Function<TimeStampFault, R> refused);

    /** A trusted authority says that the bytes existed at that time. */
    record Stamped(TimeStamp stamp) implements TimeStampVerdict {
        @Override
        public <R> R match(Function<TimeStamp, R> stamped, Function<TimeStampFault, R> refused) {
            return stamped.apply(stamp);
        }
    }

    record Refused(TimeStampFault fault) implements TimeStampVerdict {
        @Override
        public <R> R match(Function<TimeStamp, R> stamped, Function<TimeStampFault, R> refused) {
            return refused.apply(fault);
        }
    }
}
