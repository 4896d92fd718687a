// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import org.sparekey.protocol.json.MalformedException;

/** A structured field of the type item (RFC 8941 section 3.3). */
public final class FieldItem {

    private FieldItem() {}

    public static Item parse(String field) throws MalformedException {
        return StructuredParser.item(field);
    }
}
