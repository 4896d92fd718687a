// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

/** A value with its parameters (RFC 8941 section 3.3). */
public record Item(BareItem value, Parameters parameters) implements Member {

    public static Item of(BareItem value) {
        return new Item(value, Parameters.NONE);
    }

    public static Item text(String value) {
        return of(new BareItem.Text(value));
    }

    @Override
    public String write() {
        return value.write() + parameters.write();
    }
}
