// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What of the target is ordered. Memory is never implied.
 *
 * @param measure beyond the least; absent in most orders
 * @param exclusions what the issuer leaves out, in words; an officer reads them, nothing is cut automatically
 */
public record Scope(
        List<Category> categories,
        Instant from,
        Instant to,
        List<String> exclusions,
        boolean captureMemory,
        Optional<Measure> measure) {

    public static final int MAX_EXCLUSIONS = 20;

    public Scope {
        categories = List.copyOf(categories);
        exclusions = List.copyOf(exclusions);
        if (categories.isEmpty() || categories.stream().distinct().count() != categories.size()) {
            throw new IllegalArgumentException("a scope names at least one category and none twice");
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a scope ends before it begins");
        }
        if (exclusions.size() > MAX_EXCLUSIONS) {
            throw new IllegalArgumentException("at most 20 exclusions");
        }
    }

    /** The least. */
    public Scope(List<Category> categories, Instant from, Instant to, List<String> exclusions, boolean captureMemory) {
        this(categories, from, to, exclusions, captureMemory, Optional.empty());
    }

    public boolean says(Measure wanted) {
        return measure.filter(wanted::equals).isPresent();
    }
}
