// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

/** A line of a CSV file that cannot be meant as it stands; the message names the line and never quotes it. */
public final class CsvException extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    CsvException(int line, String reason) {
        super("line " + line + ": " + reason);
        this.line = line;
    }

    CsvException(int line, String reason, Throwable cause) {
        super("line " + line + ": " + reason, cause);
        this.line = line;
    }

    /** 1 for the header, as an editor counts. */
    public int line() {
        return line;
    }
}
