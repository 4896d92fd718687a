// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records and lines with one member changed. */
final class Lines {

    private Lines() {}

    static RegistrationRecord with(RegistrationRecord record, String member, Object value) {
        try {
            return Wire.read(json(record, member, value), RegistrationRecord.class);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.pointer() + " " + e.reason(), e);
        }
    }

    /** The canonical line with the member set to the value, whether or not that still is a record. */
    static byte[] json(RegistrationRecord record, String member, Object value) {
        ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
        JsonNode node = Wire.tree(value);
        tree.set(member, node);
        return org.sparekey.protocol.json.Jcs.bytes(tree);
    }

    static byte[] without(RegistrationRecord record, String member) {
        ObjectNode tree = (ObjectNode) Wire.tree((Object) record);
        tree.remove(member);
        return org.sparekey.protocol.json.Jcs.bytes(tree);
    }
}
