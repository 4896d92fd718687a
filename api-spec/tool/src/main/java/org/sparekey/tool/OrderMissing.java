// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.util.EnumMap;
import java.util.Map;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Refusal;

/** Which option of {@code sparekey order new} answers a refusal. */
final class OrderMissing {

    private static final Map<Refusal, String> OPTIONS = options();

    private OrderMissing() {}

    /** A line to print, empty where no option helps: the law does not let it. */
    static String words(Refusal refusal) {
        String option = OPTIONS.get(refusal);
        return option == null ? "" : "\nsay: " + option;
    }

    static MalformedException kind() {
        return new MalformedException("", "say --kind");
    }

    private static Map<Refusal, String> options() {
        Map<Refusal, String> options = new EnumMap<>(Refusal.class);
        options.put(Refusal.VALIDATOR_NOT_NAMED, "--validator-authority and --validator-reference");
        options.put(Refusal.VALIDATOR_ROLE, "another --validator-role");
        options.put(Refusal.VALIDATOR_OF_ISSUERS_PARTY, "the court's --validator-authority, not your own");
        options.put(Refusal.ISSUER_ROLE, "another --role, if it is yours, or another --basis");
        options.put(Refusal.KIND_NOT_OF_BASIS, "another --kind or --basis");
        options.put(Refusal.CATEGORY_BEYOND_BASIS, "another --category or --basis");
        options.put(Refusal.CATEGORY_NOT_OF_KIND, "another --category or --kind");
        options.put(Refusal.PERSONAL_ON_VOLUNTARY_REQUEST, "--category EXISTENCE, or a --basis with force");
        options.put(Refusal.USER_DATA_NEEDS_126NA, "--basis NL-126na");
        options.put(Refusal.TARGET_FORMAT, "another --format");
        options.put(Refusal.MEMORY_BEYOND_BASIS, "no --memory");
        options.put(Refusal.ORAL_NOT_ALLOWED, "another --urgency");
        options.put(Refusal.DEADLINE_PASSED, "a later --deadline");
        options.put(Refusal.DEADLINE_TOO_FAR, "an earlier --deadline");
        options.put(Refusal.SECRECY_TOO_LONG, "an earlier end of secrecy");
        options.put(Refusal.OBSERVED_IN_FUTURE, "an earlier --seen and --seen-until");
        return options;
    }
}
