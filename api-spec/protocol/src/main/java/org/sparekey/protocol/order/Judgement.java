// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The matrix's verdict on an order, category by category. Nobody changes the scope of an order: one denied category
 * denies it all.
 *
 * @param row the row that was applied; absent when the basis is not in the matrix
 * @param version of the matrix
 */
public record Judgement(Optional<MatrixRow> row, String version, Map<Category, Verdict> verdicts) {

    public Judgement {
        verdicts = Collections.unmodifiableMap(copy(verdicts));
    }

    /** DENY before NEEDS before ALLOW. */
    public Verdict overall() {
        return worst(Verdict.Deny.class).or(() -> worst(Verdict.Needs.class)).orElseGet(Verdict.Allow::new);
    }

    /** For the log: {@code CONTENT=ALLOW}, in the order of the categories. */
    public String text() {
        return verdicts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static Map<Category, Verdict> copy(Map<Category, Verdict> verdicts) {
        Map<Category, Verdict> copy = new EnumMap<>(Category.class);
        copy.putAll(verdicts);
        return copy;
    }

    private Optional<Verdict> worst(Class<? extends Verdict> kind) {
        return verdicts.values().stream().filter(kind::isInstance).findFirst();
    }
}
