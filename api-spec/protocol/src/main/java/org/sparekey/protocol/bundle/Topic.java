// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.util.Locale;

/** What a check is about, in the order of checking. {@link Wording} has a title and a plain meaning for each. */
public enum Topic {
    CANONICAL_ZIP,
    TRUST_FILE,
    BUNDLE_SIGNATURE,
    MEMBERS,
    LOG_ENTRIES,
    CASE_SEQUENCE,
    COMMITMENTS,
    CASE_END,
    ORDER,
    ORDER_SIGNATURE,
    VALIDATOR_SIGNATURE,
    DOCUMENTS,
    LEGAL_BASIS,
    REFUSAL,
    ANSWER,
    APPROVALS,
    SECOND_PERSON,
    EXECUTION_TICKET,
    MANIFEST,
    WITHHELD_COPY,
    LINKS,
    ACKNOWLEDGEMENT,
    COURSE,
    CLAIMS,
    SUSPENSION,
    FREEZING,
    OUT_OF_BAND,
    CALL_BACK,
    ANCHOR,
    WITNESSES,
    TIME;

    /** For machines: lower case with hyphens; never changes its meaning. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
