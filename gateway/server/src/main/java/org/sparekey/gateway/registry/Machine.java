// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.List;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * One registered machine.
 *
 * @param owner the reseller whose it is by the last statement about it
 * @param last that statement; an end is one
 * @param faces every way in which registrations and hypervisors ever showed it, for whoever must not miss it
 */
public record Machine(PartyId owner, RegistrationRecord last, List<LocatedAsset> faces) {

    public Machine {
        faces = List.copyOf(faces);
    }
}
