// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

/** What a wire record's constructor throws for one of its members, so that the reader can be told which one. */
public final class FieldFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String pointer;

    /** @param pointer RFC 6901, from the record on: {@code /salt} */
    public FieldFault(String pointer, String reason) {
        super(reason);
        this.pointer = pointer;
    }

    public String pointer() {
        return pointer;
    }
}
