// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.List;
import java.util.Optional;

/**
 * The hoster's own customer for an address: the reseller who rented the machine or the prefix.
 *
 * @param country ISO 3166-1 alpha-2 of the seat
 * @param contacts how he is reached day and night
 */
public record PartyOfRecord(
        String legalName,
        String registerNumber,
        String seat,
        String country,
        Optional<String> euRepresentative,
        List<String> contacts) {

    public PartyOfRecord {
        contacts = List.copyOf(contacts);
    }
}
