// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.SplittableRandom;

/** What a seed draws. */
final class Picks {

    private Picks() {}

    static <T> T one(SplittableRandom random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @SafeVarargs
    static <T> T of(SplittableRandom random, T... all) {
        return all[random.nextInt(all.length)];
    }
}
