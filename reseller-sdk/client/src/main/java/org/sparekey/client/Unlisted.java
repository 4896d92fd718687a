// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.CustomerRole;

/**
 * What was said of a machine and stands in no hypervisor's listing and no file of four columns; it would be lost where
 * somebody who has only those says the machine once more. Absent = nothing was said.
 *
 * @param assigned ports of an address that others share, and addresses of other routing domains than the internet
 */
record Unlisted(
        Optional<List<AssignedAddress>> assigned,
        Optional<CustomerRole> customerRole,
        Optional<Boolean> reviewBeforeCapture) {

    Unlisted {
        assigned = assigned.map(List::copyOf);
    }

    /** Empty where the machine says nothing of the kind. */
    static Optional<Unlisted> of(Vps vps) {
        Unlisted said = new Unlisted(
                Optional.of(vps.assigned()).filter(assigned -> !assigned.isEmpty()),
                vps.customerRole(),
                Optional.of(vps.reviewBeforeCapture()).filter(asked -> asked));
        boolean nothing = said.assigned.isEmpty() && said.customerRole.isEmpty() && said.reviewBeforeCapture.isEmpty();
        return nothing ? Optional.empty() : Optional.of(said);
    }

    /**
     * The machine with all this; what it says itself stands.
     *
     * @param sameCustomer a role is the renter's, and another renter has it not
     */
    Vps in(Vps vps, boolean sameCustomer) {
        Optional<CustomerRole> role = sameCustomer ? customerRole : Optional.empty();
        return new Vps(
                vps.kind(),
                vps.captureMeans(),
                vps.cluster(),
                vps.vm(),
                vps.node(),
                vps.uuid(),
                vps.macs(),
                vps.diskIds(),
                vps.addresses(),
                vps.running(),
                vps.reinstalled(),
                vps.ended(),
                vps.customer(),
                vps.validFrom(),
                vps.observed(),
                vps.assigned().isEmpty() ? assigned.orElse(List.of()) : vps.assigned(),
                vps.customerRole().or(() -> role),
                vps.reviewBeforeCapture() || reviewBeforeCapture.orElse(false));
    }
}
