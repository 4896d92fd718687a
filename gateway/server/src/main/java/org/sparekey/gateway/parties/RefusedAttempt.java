// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.Map;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;

/**
 * Something that an enrolled party was refused, as it is to be entered.
 *
 * @param type of the entry, such as {@code edge.refused}
 * @param reason a word of ours, never of the input: the limit is for each party and reason
 * @param clear readable in the log for ever: no personal data
 */
public record RefusedAttempt(
        LogName log,
        String type,
        PartyId party,
        Actor actor,
        String reason,
        Map<String, String> clear,
        byte[] payload) {

    public RefusedAttempt {
        clear = Map.copyOf(clear);
    }
}
