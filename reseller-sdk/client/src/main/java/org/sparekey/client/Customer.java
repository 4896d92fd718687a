// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.registration.FieldCommitment.Field;

/** Who rents a machine, as the reseller knows him. Stays here: what leaves is a pseudonym and commitments. */
public final class Customer {

    private final Map<Field, String> fields;

    private Customer(Map<Field, String> fields) {
        this.fields = fields;
    }

    /** By the reseller's own number or name for him. */
    public static Customer of(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a customer has an id");
        }
        return new Customer(Map.of(Field.CUSTOMER_ID, id));
    }

    /** Adds what is known and to be committed to; an unknown field is committed as empty, which nobody can tell. */
    public Customer with(Field field, String value) {
        if (field == Field.CUSTOMER_ID) {
            throw new IllegalArgumentException("another id is another customer");
        }
        Map<Field, String> more = new EnumMap<>(fields);
        more.put(field, value);
        return new Customer(more);
    }

    public String id() {
        return Objects.requireNonNull(fields.get(Field.CUSTOMER_ID), "set by of");
    }

    Map<Field, String> fields() {
        return fields;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Customer that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Without the customer: this text ends in logs. */
    @Override
    public String toString() {
        return "Customer[" + fields.size() + " fields]";
    }
}
