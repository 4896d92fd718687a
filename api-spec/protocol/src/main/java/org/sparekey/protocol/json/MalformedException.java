// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.json;

/** Input that is not of the form its format demands; says where (a JSON pointer, or empty) and why. */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String pointer;

    public MalformedException(String pointer, String reason) {
        super(reason);
        this.pointer = pointer;
    }

    public MalformedException(String pointer, String reason, Throwable cause) {
        super(reason, cause);
        this.pointer = pointer;
    }

    /** RFC 6901; empty for the whole input. */
    public String pointer() {
        return pointer;
    }

    /** Never the input itself: only our own words. */
    public String reason() {
        String message = getMessage();
        return message == null ? "malformed" : message;
    }
}
