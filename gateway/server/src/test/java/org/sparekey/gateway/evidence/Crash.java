// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.concurrent.atomic.AtomicBoolean;
import org.sparekey.gateway.auditlog.Failpoint;

/** The process dies here: an error that no line of the product catches. */
final class Crash extends Error {

    private static final long serialVersionUID = 1;

    private Crash(String at) {
        super(at);
    }

    /** Dies the first time that this place is reached. */
    static Failpoint at(String place) {
        AtomicBoolean armed = new AtomicBoolean(true);
        return name -> {
            if (name.equals(place) && armed.compareAndSet(true, false)) {
                throw new Crash(name);
            }
        };
    }
}
