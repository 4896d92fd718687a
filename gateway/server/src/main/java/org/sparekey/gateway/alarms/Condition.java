// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

/**
 * Something that is wrong now, or that happened once.
 *
 * @param subject what it is about: a log, a witness's name, a leaf hash; never a person, an address or a case number
 * @param lasting false for what happened at one moment: it is opened and closed together
 */
public record Condition(AlarmKind kind, String subject, boolean lasting) {

    /** What a subject's text may be at most: it goes into an entry. */
    static final int MAX_SUBJECT = 200;

    public Condition {
        if (subject.isEmpty() || subject.length() > MAX_SUBJECT) {
            throw new IllegalArgumentException("a subject has 1 to " + MAX_SUBJECT + " characters");
        }
    }

    static Condition lasting(AlarmKind kind, String subject) {
        return new Condition(kind, subject, true);
    }

    static Condition happened(AlarmKind kind, String subject) {
        return new Condition(kind, subject, false);
    }
}
