// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A record as it was written, with some members made others: what its form refuses, and what it takes to the very edge. */
public final class Altered {

    private Altered() {}

    /** @param changes pointers (RFC 6901), each followed by its new value; an empty Optional removes the member */
    public static void refuses(Object good, Object... changes) {
        assertThat(readable(good, changes))
                .as("%s of %s", String.valueOf(changes[0]), good)
                .isFalse();
    }

    public static void takes(Object good, Object... changes) {
        assertThat(readable(good, changes))
                .as("%s of %s", String.valueOf(changes[0]), good)
                .isTrue();
    }

    private static boolean readable(Object good, Object... changes) {
        JsonNode tree = Wire.tree(good).deepCopy();
        for (int i = 0; i < changes.length; i += 2) {
            change(tree, (String) changes[i], changes[i + 1]);
        }
        try {
            return Wire.read(tree, good.getClass()).getClass() == good.getClass();
        } catch (MalformedException refused) {
            return false;
        }
    }

    private static void change(JsonNode tree, String pointer, Object value) {
        int last = pointer.lastIndexOf('/');
        JsonNode parent = tree.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), Wire.tree(value));
        } else if (value instanceof Optional<?> absent && absent.isEmpty()) {
            ((ObjectNode) parent).remove(name);
        } else {
            ((ObjectNode) parent).set(name, Wire.tree(value));
        }
    }
}
