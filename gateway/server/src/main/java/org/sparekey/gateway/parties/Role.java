// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.Locale;
import org.sparekey.protocol.party.PersonRole;

/**
 * What a caller is to this gateway. JUDGE is the rechter-commissaris; CO_APPROVER a person of another organisation who may be
 * the second beside an officer.
 */
public enum Role {
    RESELLER,
    INVESTIGATOR,
    PROSECUTOR,
    JUDGE,
    OFFICER,
    CO_APPROVER,
    SUPERVISOR,
    OPERATOR;

    /** The word in log entries. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(PersonRole role) {
        return switch (role) {
            case INVESTIGATOR -> INVESTIGATOR;
            case PROSECUTOR -> PROSECUTOR;
            case JUDGE -> JUDGE;
        };
    }
}
