// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import org.sparekey.protocol.json.Digest;

/**
 * One commitment per field, always all of them, an absent field committed as empty: SHA-256(domain field || length-prefixed
 * label, 16-byte salt, value). The count of filled fields stays hidden.
 */
public record Commitments(
        Digest customerId,
        Digest legalForm,
        Digest displayName,
        Digest country,
        Digest registerNumber,
        Digest verifiedBy,
        Digest verifiedAt) {

    public Digest of(FieldCommitment.Field field) {
        return switch (field) {
            case CUSTOMER_ID -> customerId;
            case LEGAL_FORM -> legalForm;
            case DISPLAY_NAME -> displayName;
            case COUNTRY -> country;
            case REGISTER_NUMBER -> registerNumber;
            case VERIFIED_BY -> verifiedBy;
            case VERIFIED_AT -> verifiedAt;
        };
    }
}
