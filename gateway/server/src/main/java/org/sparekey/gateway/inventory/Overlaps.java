// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/** Finds what is given away twice at one time. */
final class Overlaps {

    private Overlaps() {}

    /**
     * @param keysAround the keys of everything that contains the thing, its own first: of two prefixes that overlap one
     *     contains the other, so looking around each finds every pair
     * @param meets whether both hold at some instant
     */
    static <T> void find(
            List<T> all, Function<T, List<String>> keysAround, BiPredicate<T, T> meets, Consumer<T> found) {
        Map<String, List<T>> byKey = new HashMap<>();
        for (T one : all) {
            byKey.computeIfAbsent(keysAround.apply(one).get(0), absent -> new ArrayList<>())
                    .add(one);
        }
        for (T one : all) {
            for (String key : keysAround.apply(one)) {
                for (T other : byKey.getOrDefault(key, List.of())) {
                    if (other != one && meets.test(one, other)) {
                        found.accept(one);
                        found.accept(other);
                    }
                }
            }
        }
    }
}
