// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.sparekey.protocol.registration.LengthPrefixed.utf8;

import java.util.Map;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;

/**
 * Commitments to what the reseller knows of his customer: each field is bound without being shown, and can be opened
 * alone. SHA-256(domain || len-prefixed(label, salt, value)), lengths four bytes big-endian, text in UTF-8.
 */
public final class FieldCommitment {

    public static final int SALT_BYTES = 16;

    private FieldCommitment() {}

    /** The committed fields, in the order of the record; always all of them. */
    public enum Field {
        CUSTOMER_ID("customerId"),
        LEGAL_FORM("legalForm"),
        DISPLAY_NAME("displayName"),
        COUNTRY("country"),
        REGISTER_NUMBER("registerNumber"),
        VERIFIED_BY("verifiedBy"),
        VERIFIED_AT("verifiedAt");

        private final String label;

        Field(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** @throws IllegalArgumentException when the salt has not 16 bytes */
    public static Digest of(Field field, Bytes salt, String value) {
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a field's salt has 16 bytes");
        }
        return Digest.of(Domain.FIELD, LengthPrefixed.of(utf8(field.label()), salt.array(), utf8(value)));
    }

    /**
     * All fields at once; what the reseller does not know is committed as empty, so that the record does not tell it.
     *
     * @param salts one for every field, each used once; the reseller keeps them to be able to open
     */
    public static Commitments all(Map<Field, String> values, Map<Field, Bytes> salts) {
        return new Commitments(
                one(Field.CUSTOMER_ID, values, salts),
                one(Field.LEGAL_FORM, values, salts),
                one(Field.DISPLAY_NAME, values, salts),
                one(Field.COUNTRY, values, salts),
                one(Field.REGISTER_NUMBER, values, salts),
                one(Field.VERIFIED_BY, values, salts),
                one(Field.VERIFIED_AT, values, salts));
    }

    /** Whether what the reseller tells later is what he committed to. */
    public static boolean opens(Commitments commitments, Field field, Bytes salt, String value) {
        return salt.length() == SALT_BYTES && commitments.of(field).equals(of(field, salt, value));
    }

    private static Digest one(Field field, Map<Field, String> values, Map<Field, Bytes> salts) {
        Bytes salt = salts.get(field);
        if (salt == null) {
            throw new IllegalArgumentException("no salt for " + field.label());
        }
        return of(field, salt, values.getOrDefault(field, ""));
    }
}
