// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.Optional;

/**
 * What an officer did about an order by hand, in his own words and figures: an entry of its case.
 *
 * @param means what was used, tried or undone: for a take-down and for what ends it
 * @param minutes of work, for an effort
 * @param gigabytes that were handled, for an effort
 * @param costReference under which it is claimed, for an effort
 * @param text in plain words; nothing of a customer
 */
public record OfficerRecord(
        int v,
        String type,
        What what,
        Optional<Means> means,
        Optional<Integer> minutes,
        Optional<Integer> gigabytes,
        Optional<String> costReference,
        String text) {

    public static final String TYPE = "officer-record";
    public static final int VERSION = 1;
    public static final int MAX_TEXT_CHARS = 1000;
    public static final int MAX_REFERENCE_CHARS = 64;
    public static final int MAX_MINUTES = 100_000;
    public static final int MAX_GIGABYTES = 1_000_000;

    /** What he did. */
    public enum What {
        /** The reseller was asked to take the named data down. */
        TAKE_DOWN_NOTICE,
        /** The named data cannot be reached any more, by the named means. */
        TAKE_DOWN_DONE,
        /** The named means was tried, and the data can still be reached: the next one may be tried. */
        TAKE_DOWN_FAILED,
        /** What the named means did is undone, and the data can be reached again. */
        RESTORE_DONE,
        /** He spent time on it. */
        EFFORT,
        /** Secrecy has ended, and he decided whether the reseller may be told; who was the suspect's guest is not his to tell. */
        MAY_INFORM;

        boolean ofTakeDown() {
            return this == TAKE_DOWN_NOTICE
                    || this == TAKE_DOWN_DONE
                    || this == TAKE_DOWN_FAILED
                    || this == RESTORE_DONE;
        }
    }

    /** By what data are made inaccessible, the least first. */
    public enum Means {
        NOTICE_TO_RESELLER,
        BLOCK_ADDRESS,
        ISOLATE_GUEST
    }

    public OfficerRecord {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an officer's record of version 1");
        }
        if (text.isBlank() || text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a record has 1 to " + MAX_TEXT_CHARS + " characters");
        }
        if (means.isPresent() != what.ofTakeDown()) {
            throw new IllegalArgumentException("a take-down names its means, and nothing else does");
        }
        boolean figures = minutes.isPresent() || gigabytes.isPresent() || costReference.isPresent();
        if (minutes.isPresent() != (what == What.EFFORT) || (figures && what != What.EFFORT)) {
            throw new IllegalArgumentException("an effort has its minutes, and nothing else has figures");
        }
        if (minutes.filter(value -> value < 0 || value > MAX_MINUTES).isPresent()
                || gigabytes.filter(value -> value < 0 || value > MAX_GIGABYTES).isPresent()) {
            throw new IllegalArgumentException("figures are within bounds");
        }
        if (costReference
                .filter(value -> !value.matches("[A-Za-z0-9 ./-]{1," + MAX_REFERENCE_CHARS + "}"))
                .isPresent()) {
            throw new IllegalArgumentException("a cost reference has letters, digits, blanks, dots, strokes");
        }
    }
}
