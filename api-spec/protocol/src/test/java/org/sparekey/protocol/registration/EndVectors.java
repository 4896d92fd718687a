// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.util.List;
import org.sparekey.protocol.json.Jcs;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.node.ObjectNode;

/** Lines that end a machine, and lines of a host that many customers share; written by {@link RegistrationVectors}. */
final class EndVectors {

    private final RegistrationRecord vps;

    private EndVectors(RegistrationRecord vps) {
        this.vps = vps;
    }

    static void add(List<Object> all, RegistrationRecord vps) {
        EndVectors vectors = new EndVectors(vps);
        vectors.ends(all);
        vectors.sharedHosts(all);
    }

    private void ends(List<Object> all) {
        add(all, "an end", end(), "GOOD ");
        add(all, "an end that keeps an address", tree().put("event", "END"), "END_WITH_ADDRESSES /addresses");
        add(all, "an end that keeps ports", endWithPorts(), "END_WITH_ADDRESSES /addresses");
        add(all, "an end without a list of addresses", without(end(), "addresses"), "MALFORMED /addresses");
        add(all, "an end of what nobody names", without(end(), "vmId", "uuid"), "BAD_IDENTIFIER /vmId");
        add(all, "an end in small letters", end().put("event", "end"), "MALFORMED /event");
        add(all, "an end without a customer", without(level0(), "pseudonym", "commitments"), "GOOD ");
    }

    private void sharedHosts(List<Object> all) {
        add(all, "a shared host of several tenants", sharedHost(), "GOOD ");
        add(all, "a shared host of one tenant", tree().put("assetKind", "SHARED_HOST"), "BAD_KIND /tenancy");
        add(all, "a shared host by its server's name alone", without(sharedHost(), "vmId", "uuid"), "GOOD ");
        add(all, "a shared host that does not say how many", without(sharedHost(), "tenancy"), "MALFORMED /tenancy");
        add(all, "a shared host of an unknown tenancy", sharedHost().put("tenancy", "MANY"), "MALFORMED /tenancy");
        ObjectNode ended = sharedHost().put("event", "END");
        ended.putArray("addresses");
        add(all, "an end of a shared host", ended, "GOOD ");
    }

    private static void add(List<Object> all, String name, ObjectNode record, String expected) {
        RegistrationVectors.line(all, name, Jcs.bytes(record), expected);
    }

    private ObjectNode tree() {
        return (ObjectNode) Wire.tree((Object) vps);
    }

    private ObjectNode end() {
        ObjectNode record = tree().put("event", "END");
        record.putArray("addresses");
        return record;
    }

    private ObjectNode level0() {
        return end().put("assuranceLevel", "L0");
    }

    private ObjectNode endWithPorts() {
        ObjectNode record = end();
        record.putArray("addresses")
                .addObject()
                .put("routingDomain", AssignedAddress.PUBLIC)
                .put("prefix", "192.0.2.7")
                .put("protocol", "tcp")
                .put("portFrom", 20_000)
                .put("portTo", 20_999);
        return record;
    }

    private ObjectNode sharedHost() {
        return tree().put("assetKind", "SHARED_HOST").put("tenancy", "SHARED");
    }

    private static ObjectNode without(ObjectNode record, String... fields) {
        record.remove(List.of(fields));
        return record;
    }
}
