// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.SpokenGroups;
import org.sparekey.protocol.json.Wire;

/**
 * A one-time code as it is read out by telephone: which enrolment, and 80 random bits that prove the reading. It never
 * prints its secret by accident.
 */
public final class EnrolmentCode {

    private static final int ENROLMENT_GROUPS = 2;
    private static final int SECRET_GROUPS = 4;
    private static final Pattern ENROLMENT = Pattern.compile("ENR-" + SpokenGroups.pattern(ENROLMENT_GROUPS));
    private static final Pattern FORM =
            Pattern.compile(ENROLMENT.pattern() + "\\." + SpokenGroups.pattern(SECRET_GROUPS));

    private final String text;

    private EnrolmentCode(String text) {
        this.text = text;
    }

    public static EnrolmentCode random(SecureRandom random) {
        return new EnrolmentCode("ENR-" + SpokenGroups.random(random, ENROLMENT_GROUPS) + "."
                + SpokenGroups.random(random, SECRET_GROUPS));
    }

    /** @throws MalformedException when the text is no code; what was typed is not repeated */
    public static EnrolmentCode parse(String text) throws MalformedException {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedException("/code", "a code looks like ENR-7Q4F-2KX9.ABCD-EFGH-JKMN-PQRS");
        }
        return new EnrolmentCode(text);
    }

    public static boolean isEnrolment(String text) {
        return ENROLMENT.matcher(text).matches();
    }

    /** The part that is no secret. */
    public String enrolment() {
        return text.substring(0, text.indexOf('.'));
    }

    /** For whoever must read it out, once. */
    public String reveal() {
        return text;
    }

    /** What is kept of it, together with whom it is for: the code of one party and role opens no other. */
    public Digest boundTo(String party, String person, String role) {
        return Digest.of(Domain.ENROLMENT_CODE, Wire.write(List.of(text, party, person, role)));
    }

    @Override
    public String toString() {
        return enrolment() + ".****";
    }
}
