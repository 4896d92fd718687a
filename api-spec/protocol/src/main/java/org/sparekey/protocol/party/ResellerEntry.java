// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.util.List;
import java.util.Optional;

/**
 * A reseller: the party of record for what he rents.
 *
 * @param registerNumber his number in the commercial register of his country
 * @param euRepresentative legal representative in the Union, where he has no seat in it
 * @param contacts how he is reached day and night
 */
public record ResellerEntry(
        String id,
        String legalName,
        String country,
        String registerNumber,
        String seat,
        Optional<String> euRepresentative,
        List<String> contacts,
        List<KeyEnrolment> keys) {

    /** The number under which a reseller's own keys speak. */
    public static final String AGENT = "agent";

    public ResellerEntry {
        Name.id(id);
        Name.texts(legalName, registerNumber, seat);
        Name.country(country);
        euRepresentative.ifPresent(Name::texts);
        contacts = List.copyOf(contacts);
        contacts.forEach(Name::texts);
        keys = List.copyOf(keys);
        Name.keys(keys);
        if (contacts.isEmpty()) {
            throw new IllegalArgumentException("a reseller is reached day and night");
        }
    }
}
