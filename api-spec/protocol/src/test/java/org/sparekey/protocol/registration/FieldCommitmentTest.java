// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.registration.FieldCommitment.Field;

class FieldCommitmentTest {

    private static final Map<Field, String> KNOWN =
            Map.of(Field.CUSTOMER_ID, "C-1042", Field.DISPLAY_NAME, "Invented Bakery", Field.COUNTRY, "NL");

    private final Map<Field, Bytes> salts = salts();
    private final Commitments commitments = FieldCommitment.all(KNOWN, salts);

    @Test
    void what_was_committed_to_opens_field_by_field_also_what_was_absent() {
        for (Field field : Field.values()) {
            assertThat(opens(field, salt(field), KNOWN.getOrDefault(field, ""))).isTrue();
        }
    }

    @Test
    void one_altered_value_field_or_salt_is_caught() {
        for (Field field : Field.values()) {
            String value = KNOWN.getOrDefault(field, "");
            assertThat(opens(field, salt(field), value + " ")).isFalse();
            for (int bit = 0; bit < FieldCommitment.SALT_BYTES * Byte.SIZE; bit++) {
                byte[] salt = salt(field).array().clone();
                salt[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertThat(opens(field, Bytes.of(salt), value)).isFalse();
            }
            for (Field other : Field.values()) {
                assertThat(opens(other, salt(field), value)).isEqualTo(other == field);
            }
        }
        assertThat(opens(Field.COUNTRY, Bytes.of(new byte[15]), "NL")).isFalse();
    }

    @Test
    void absent_fields_look_like_present_ones() {
        Set<Digest> all = new HashSet<>();
        for (Field field : Field.values()) {
            all.add(commitments.of(field));
        }
        assertThat(all).hasSize(Field.values().length);
    }

    private Bytes salt(Field field) {
        return Objects.requireNonNull(salts.get(field));
    }

    private boolean opens(Field field, Bytes salt, String value) {
        return FieldCommitment.opens(commitments, field, salt, value);
    }

    private static Map<Field, Bytes> salts() {
        Map<Field, Bytes> salts = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            salts.put(field, Bytes.of(Registrations.filled(17 * field.ordinal(), FieldCommitment.SALT_BYTES)));
        }
        return salts;
    }
}
