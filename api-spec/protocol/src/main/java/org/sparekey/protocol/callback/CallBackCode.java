// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.callback;

import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.SpokenGroups;
import org.sparekey.protocol.json.Wire;

/**
 * The one-time code of a call-back: given to the authority's side over its own channel, said over the telephone, entered by
 * the officer who called. It serves one order and one subject. 80 random bits: its digest stands in the clear of the log,
 * and whoever reads that must not find the code by trying them all.
 */
public final class CallBackCode {

    private static final int GROUPS = 4;
    private static final Pattern FORM = Pattern.compile(SpokenGroups.pattern(GROUPS));

    private final String text;

    private CallBackCode(String text) {
        this.text = text;
    }

    public static CallBackCode random(SecureRandom random) {
        return new CallBackCode(SpokenGroups.random(random, GROUPS));
    }

    /** @throws MalformedException when the text is no code; what was typed is not repeated */
    public static CallBackCode parse(String text) throws MalformedException {
        if (!FORM.matcher(text).matches()) {
            throw new MalformedException("/code", "a call-back code looks like 7Q4F-2KX9-ABCD-EFGH");
        }
        return new CallBackCode(text);
    }

    /** For whoever must say it. */
    public String reveal() {
        return text;
    }

    /** What is kept and logged of it: worth nothing for another order or another subject. */
    public Digest boundTo(Digest orderDigest, CallBackSubject subject) {
        return Digest.of(Domain.CALL_BACK_CODE, Wire.write(List.of(text, orderDigest.base64url(), subject.name())));
    }

    @Override
    public String toString() {
        return "****";
    }
}
