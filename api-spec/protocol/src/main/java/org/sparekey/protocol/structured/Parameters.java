// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.structured;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters behind an item or an inner list, in their order; two sets are equal whatever their order. */
public record Parameters(Map<String, BareItem> values) {

    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values.keySet().forEach(Keys::check);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Optional<BareItem> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value when it is there and a string. */
    public Optional<String> text(String key) {
        return get(key).filter(BareItem.Text.class::isInstance).map(value -> ((BareItem.Text) value).value());
    }

    /** The value when it is there and an integer. */
    public Optional<Long> whole(String key) {
        return get(key).filter(BareItem.Whole.class::isInstance).map(value -> ((BareItem.Whole) value).value());
    }

    public Parameters with(String key, BareItem value) {
        Map<String, BareItem> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Parameters(more);
    }

    String write() {
        StringBuilder out = new StringBuilder();
        values.forEach((key, value) -> {
            out.append(';').append(key);
            if (!value.equals(BareItem.Flag.TRUE)) {
                out.append('=').append(value.write());
            }
        });
        return out.toString();
    }
}
