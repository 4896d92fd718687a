// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;

/**
 * All that a registration says of a machine, to tell by a digest whether it must be sent again. An instant that was only
 * observed is no fact: the next look would give another.
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
        Optional<Instant> validFrom) {

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
                vps.observed() ? Optional.empty() : Optional.of(vps.validFrom()));
        return Digest.sha256(Wire.write(facts));
    }

    /** Without the customer: this text ends in logs. */
    @Override
    public String toString() {
        return "Facts[" + kind + "]";
    }
}
