// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

/**
 * What is wrong with a CSV file and where.
 *
 * @param line 1 is the header
 * @param column the column's name; empty for the whole line or file
 */
public record CsvFault(long line, String column, Code code) {

    public enum Code {
        TOO_LARGE("the file is larger than 10 MiB or has more than 100,000 rows"),
        NOT_UTF_8("the file is not UTF-8 text"),
        NOT_CSV("not comma-separated values (RFC 4180)"),
        BAD_HEADER("the first line is not the header this file needs"),
        BAD_COLUMNS("another number of columns than the header"),
        BAD_KIND("not PREFIX, SERVER or PORT"),
        BAD_VALUE("not a name: letters, digits, dot, dash, underscore, slash; at most 128"),
        BAD_PREFIX("not an IP address or prefix in its canonical spelling"),
        BAD_RESELLER("not the id of an enrolled reseller"),
        BAD_TIME("not a time of the form 2026-01-31T12:00:00.000Z"),
        ENDS_BEFORE_IT_BEGINS("the end is not after the beginning"),
        OVERLAPS("the same thing is given to someone at the same time by another row"),
        NOT_HIS_TO_PASS_ON("passed on by someone who does not have it for all of that time, in a circle, or too often");

        private final String words;

        Code(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
