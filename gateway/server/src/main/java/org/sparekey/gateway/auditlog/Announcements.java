// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Map;
import java.util.Objects;

/** What those who wait for the logs in this process are told; another replica's steps they find by looking. */
final class Announcements {

    /** By log: what is appended to {@code case} must not be heard in when {@code registry} numbers, signs and publishes. */
    private final Map<LogName, Arrivals> appended = Arrivals.ofEach();

    private final Map<LogName, Arrivals> signed = Arrivals.ofEach();
    private final Arrivals published = new Arrivals();

    Arrivals appended(LogName log) {
        return Objects.requireNonNull(appended.get(log));
    }

    void appendedToBoth() {
        appended.values().forEach(Arrivals::announce);
    }

    Arrivals signed(LogName log) {
        return Objects.requireNonNull(signed.get(log));
    }

    Arrivals published() {
        return published;
    }
}
