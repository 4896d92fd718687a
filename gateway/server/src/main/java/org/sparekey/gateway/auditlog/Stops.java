// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this process has stopped the log. The first reason stays; only a restart after the cause is gone clears it. */
final class Stops {

    private volatile @Nullable LogStoppedException stopped;

    /** @throws LogStoppedException when stopped */
    void requireRunning() {
        LogStoppedException reason = stopped;
        if (reason != null) {
            throw reason;
        }
    }

    synchronized LogStoppedException stop(LogStoppedException reason) {
        LogStoppedException first = stopped == null ? reason : stopped;
        stopped = first;
        return first;
    }

    Optional<StopReason> reason() {
        return Optional.ofNullable(stopped).map(LogStoppedException::reason);
    }
}
