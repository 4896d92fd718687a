// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.AssignedAddress;
import org.sparekey.protocol.registration.CustomerRole;

/**
 * All that a registration says of a machine, to tell by a digest whether it must be sent again. An instant that was only
 * observed is no fact: the next look would give another. What a machine does not say is absent, so that a member that is
 * added here changes the digest of no machine that does not use it.
 */
record Facts(
        String kind,
        String captureMeans,
        Optional<String> node,
        Optional<String> uuid,
        List<String> macs,
        List<String> diskIds,
        List<String> addresses,
        boolean running,
        boolean ended,
        Map<String, String> customer,
        Optional<Instant> validFrom,
        Optional<List<AssignedAddress>> assigned,
        Optional<CustomerRole> customerRole,
        Optional<Boolean> reviewBeforeCapture) {

    static Digest of(Vps vps) {
        Map<String, String> customer = new TreeMap<>();
        vps.customer()
                .ifPresent(renter -> renter.fields().forEach((field, value) -> customer.put(field.label(), value)));
        Facts facts = new Facts(
                vps.kind().name(),
                vps.captureMeans().name(),
                vps.node(),
                vps.uuid(),
                vps.macs().stream().sorted().toList(),
                vps.diskIds().stream().sorted().toList(),
                vps.addresses().stream().sorted().toList(),
                vps.running(),
                vps.ended(),
                customer,
                vps.observed() ? Optional.empty() : Optional.of(vps.validFrom()),
                Optional.of(vps.assigned()).filter(assigned -> !assigned.isEmpty()),
                vps.customerRole(),
                Optional.of(vps.reviewBeforeCapture()).filter(asked -> asked));
        return Digest.sha256(Wire.write(facts));
    }

    /** Without the customer: this text ends in logs. */
    @Override
    public String toString() {
        return "Facts[" + kind + "]";
    }
}
