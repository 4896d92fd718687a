// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.Optional;

/** The id of a party in the signed list: a reseller, an authority, the hoster himself or his supervisor. */
public record PartyId(String value) {

    /** The hoster; his officers speak for him. */
    public static final PartyId HOSTER = new PartyId("hoster");

    /** The supervisor outside the hoster. */
    public static final PartyId SUPERVISOR = new PartyId("supervisor");

    private static final String FORM = "[a-z0-9][a-z0-9-]{0,62}";

    public PartyId {
        if (!value.matches(FORM)) {
            throw new IllegalArgumentException("a party id is 1 to 63 of a-z, 0-9 and hyphens");
        }
    }

    /** A name as somebody else's document writes it may be no id at all: then nobody is meant. */
    public static Optional<PartyId> named(String text) {
        return text.matches(FORM) ? Optional.of(new PartyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
