// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

/** The room's tables. */
record Tables(
        BatchTable batches,
        RegistrationTable registrations,
        IdentifierTable identifiers,
        AddressTable addresses,
        HandOverTable handOvers) {}
