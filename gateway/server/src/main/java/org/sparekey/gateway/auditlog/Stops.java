// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which logs this process has stopped. One stopped log stops both: what they say of each other would not be true. */
final class Stops {

    private final Map<String, LogStoppedException> stopped = new LinkedHashMap<>();

    /** @throws LogStoppedException when stopped */
    synchronized void requireRunning() {
        Optional<LogStoppedException> reason = first();
        if (reason.isPresent()) {
            throw reason.get();
        }
    }

    /** The first reason of a log stays; a restart after the cause is gone clears it, or two officers do. */
    synchronized LogStoppedException stop(LogStoppedException reason) {
        LogStoppedException earlier = stopped.putIfAbsent(reason.origin(), reason);
        return earlier == null ? reason : earlier;
    }

    synchronized void resume(String origin) {
        stopped.remove(origin);
    }

    synchronized Optional<StopReason> reason(String origin) {
        return Optional.ofNullable(stopped.get(origin)).map(LogStoppedException::reason);
    }

    synchronized Optional<StopReason> reason() {
        return first().map(LogStoppedException::reason);
    }

    /** By origin, oldest stop first. */
    synchronized Map<String, StopReason> reasons() {
        Map<String, StopReason> reasons = new LinkedHashMap<>();
        stopped.forEach((origin, why) -> reasons.put(origin, why.reason()));
        return reasons;
    }

    private Optional<LogStoppedException> first() {
        return stopped.values().stream().findFirst();
    }
}
