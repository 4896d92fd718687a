// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What is told about an alarm: enough to get up for, nothing of any case.
 *
 * @param alarm the same id for its beginning and its end
 */
record Notice(UUID alarm, Change change, AlarmKind kind, String subject, Instant at) {

    enum Change {
        OPENED,
        CLOSED
    }

    /** One line for people. */
    String headline() {
        return "Sparekey alarm " + (change == Change.OPENED ? "" : "over: ") + kind.code() + " (" + subject + ")";
    }

    /** For machines: {@code {v, alarm, change, kind, subject, at, words}}. */
    Map<String, String> fields() {
        return Map.of(
                "v", "1",
                "alarm", alarm.toString(),
                "change", change.name(),
                "kind", kind.code(),
                "subject", subject,
                "at", at.toString(),
                "words", kind.words());
    }
}
