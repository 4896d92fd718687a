// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.util.List;
import java.util.Optional;

/**
 * Whom an officer invites to enrol keys. A new reseller comes with what is known of him; a person joins an authority that
 * the register has, an outside co-approver an organisation that need not be in it.
 *
 * @param party id of the authority or reseller; {@code hoster} for an officer, {@code supervisor} for the supervisor; of a
 *     co-approver's organisation, the one it has here if it has one
 * @param person number within it; {@code agent} for a reseller
 * @param role RESELLER, INVESTIGATOR, PROSECUTOR, JUDGE, OFFICER, CO_APPROVER or SUPERVISOR
 * @param reseller who a new reseller is; absent for everybody else, and for a reseller's further keys
 */
public record Invitation(
        int v, String type, String party, String person, String role, Optional<ResellerFacts> reseller) {

    public static final String TYPE = "invitation";
    public static final int VERSION = 1;

    public Invitation {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an invitation of version 1");
        }
        Name.id(party);
        Name.id(person);
        if (reseller.filter(facts -> !role.equals("RESELLER")).isPresent()) {
            throw new IllegalArgumentException("only a reseller comes with a reseller's entry");
        }
    }

    /** A reseller's entry before he has keys. */
    public record ResellerFacts(
            String legalName,
            String country,
            String registerNumber,
            String seat,
            Optional<String> euRepresentative,
            List<String> contacts) {

        public ResellerFacts {
            Name.texts(legalName, registerNumber, seat);
            Name.country(country);
            contacts = List.copyOf(contacts);
        }

        public ResellerEntry entry(String id, List<KeyEnrolment> keys) {
            return new ResellerEntry(id, legalName, country, registerNumber, seat, euRepresentative, contacts, keys);
        }
    }
}
