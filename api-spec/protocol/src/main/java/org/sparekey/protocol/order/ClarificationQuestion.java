// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/**
 * What an officer cannot judge in an order as it is written. The answer is an order of kind CLARIFICATION; it explains, and
 * changes nothing of the order.
 *
 * @param text in plain words, for the issuer; nothing of a customer
 */
public record ClarificationQuestion(int v, String type, Subject subject, String text) {

    public static final String TYPE = "clarification-question";
    public static final int VERSION = 1;
    public static final int MAX_TEXT_CHARS = 1000;

    /** What it is about. The necessity of an order and its proportion are not an officer's to ask about. */
    public enum Subject {
        TARGET,
        SCOPE,
        AUTHORISATION,
        DEADLINE,
        DELIVERY
    }

    public ClarificationQuestion {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a question of version 1");
        }
        if (text.isBlank() || text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("a question has 1 to " + MAX_TEXT_CHARS + " characters");
        }
    }
}
