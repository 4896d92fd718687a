// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header (or trailer) fields of a message: lower-case names, the values of each in the order they were sent, without
 * the blanks around them and with line folding undone (RFC 9421 section 2.1). It prints names only: values are tokens.
 */
public final class Fields {

    public static final Fields NONE = new Fields(Map.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern FOLD = Pattern.compile("[ \\t]*\\r?\\n[ \\t]+");

    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** @throws IllegalArgumentException for a name that no HTTP field can have, such as one that begins with @ or : */
    public static Fields of(Map<String, List<String>> fields) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        fields.forEach((name, lines) -> lines.forEach(line -> add(copy, name, line)));
        return new Fields(copy);
    }

    /** Names and values in turn. */
    public static Fields of(String... namesAndValues) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            add(copy, namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Fields(copy);
    }

    /** These fields with this one set, whatever it was before. */
    public Fields with(String name, String value) {
        Map<String, List<String>> copy = new LinkedHashMap<>(values);
        copy.remove(name.toLowerCase(Locale.ROOT));
        add(copy, name, value);
        return new Fields(copy);
    }

    public Fields without(String name) {
        Map<String, List<String>> copy = new LinkedHashMap<>(values);
        copy.remove(name.toLowerCase(Locale.ROOT));
        return new Fields(copy);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Every line of the field, in order; empty when it was not sent. */
    public List<String> lines(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The value of the whole field: its lines joined by a comma and a space. */
    public Optional<String> value(String name) {
        return has(name) ? Optional.of(String.join(", ", lines(name))) : Optional.empty();
    }

    public Map<String, List<String>> asMap() {
        return values;
    }

    private static void add(Map<String, List<String>> to, String name, String line) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(lower).matches()) {
            throw new IllegalArgumentException("not the name of an HTTP field");
        }
        List<String> lines = new ArrayList<>(to.getOrDefault(lower, List.of()));
        lines.add(FOLD.matcher(line).replaceAll(" ").strip());
        to.put(lower, List.copyOf(lines));
    }

    @Override
    public String toString() {
        return "Fields" + values.keySet();
    }
}
