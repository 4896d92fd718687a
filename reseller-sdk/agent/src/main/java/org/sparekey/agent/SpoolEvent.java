// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Instant;
import java.util.Optional;

/**
 * One file of the spool. CHANGED is a hint from a hook: it may sharpen an instant and can do nothing else. END and MOVE
 * are a person's commands that could not be carried out at once; hooks may not give them.
 *
 * @param vm the machine by the hypervisor's number or name; for MOVE the one that loses the address
 * @param at when it happened
 * @param ip MOVE only
 * @param to MOVE only: the machine that gets the address
 */
record SpoolEvent(
        int v,
        String type,
        Kind event,
        Optional<String> cluster,
        String vm,
        Instant at,
        Optional<String> ip,
        Optional<String> to) {

    static final int VERSION = 1;
    static final String TYPE = "spool-event";
    static final int MAX_NAME = 128;

    enum Kind {
        CHANGED,
        END,
        MOVE
    }

    SpoolEvent {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a spool event of version 1");
        }
        if (vm.isBlank() || vm.length() > MAX_NAME) {
            throw new IllegalArgumentException("a machine has a name of at most 128 characters");
        }
        if ((event == Kind.MOVE) != (ip.isPresent() && to.isPresent())
                || (event != Kind.MOVE && (ip.isPresent() || to.isPresent()))) {
            throw new IllegalArgumentException("ip and to come with MOVE and only with MOVE");
        }
    }
}
