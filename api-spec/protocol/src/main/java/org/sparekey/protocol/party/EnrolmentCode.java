// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * A one-time code as it is read out by telephone: which enrolment, and 80 random bits that prove the reading. It never
 * prints its secret by accident.
 */
public final class EnrolmentCode {

    /** Crockford's base 32: no I, L, O, U, so that it survives a telephone. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final String GROUP = "[" + ALPHABET + "]{4}";
    private static final Pattern ENROLMENT = Pattern.compile("ENR-" + GROUP + "-" + GROUP);
    private static final Pattern FORM = Pattern.compile(ENROLMENT.pattern() + "(\\." + GROUP + "(-" + GROUP + "){3})");
    private static final int ENROLMENT_GROUPS = 2;
    private static final int SECRET_GROUPS = 4;
    private static final int ENROLMENT_CHARS = "ENR-XXXX-XXXX".length();

    private final String text;

    private EnrolmentCode(String text) {
        this.text = text;
    }

    public static EnrolmentCode random(SecureRandom random) {
        return new EnrolmentCode("ENR-" + groups(random, ENROLMENT_GROUPS) + "." + groups(random, SECRET_GROUPS));
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
        return text.substring(0, ENROLMENT_CHARS);
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

    private static String groups(SecureRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count * 4; i++) {
            text.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
