// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Twenty thousand orders that are good in all but one thing, before the form, the document check and the law. {@code
 * sparekey.seed} repeats a run; {@code BadOrdersHttpTest} sends them to the whole gateway.
 */
class BadOrdersTest {

    static final long SEED = Long.getLong("sparekey.seed", 20_2026_11_23L);

    private static final int ORDERS = 20_000;

    private final OrdersFixture fixture = OrdersFixture.shared();
    private final BadOrders orders = new BadOrders(fixture.world, fixture::now, fixture.random);
    private final PureDoor door = new PureDoor(fixture.world, fixture.now());

    @Test
    void with_nothing_wrong_each_of_them_is_taken() {
        for (int base = 0; base < BadOrders.BASES; base++) {
            assertThat(door.verdict(orders.control(base))).as("base " + base).isEqualTo("accepted");
        }
    }

    @Test
    void whatever_is_wrong_with_it_no_bad_order_is_taken() {
        ConcurrentMap<String, Integer> verdicts = new ConcurrentHashMap<>();
        ConcurrentMap<Integer, String> accepted = new ConcurrentHashMap<>();
        IntStream.range(0, ORDERS).parallel().forEach(number -> {
            BadOrder bad = orders.next(new SplittableRandom(SEED + number));
            String verdict = door.verdict(bad);
            verdicts.merge(verdict, 1, Integer::sum);
            if (verdict.equals("accepted")) {
                accepted.put(number, bad.how());
            }
        });
        Map<String, Integer> seen = new TreeMap<>(verdicts);
        assertThat(accepted).as("seed " + SEED).isEmpty();
        // Who refuses everything for one reason has tried one thing.
        assertThat(seen.keySet())
                .contains(
                        "malformed",
                        "SUBMITTED_BY_ANOTHER",
                        "KEY_NOT_ENROLLED",
                        "SIGNATURE_INVALID",
                        "WRONG_SIGNER",
                        "PATH_INVALID",
                        "WRONG_GATEWAY",
                        "WRONG_ADDRESSEE",
                        "DEADLINE_PASSED",
                        "DEADLINE_TOO_FAR",
                        "SIGNED_IN_FUTURE",
                        "SIGNED_TOO_LONG_AGO",
                        "OBSERVED_IN_FUTURE",
                        "BASIS_UNKNOWN",
                        "KIND_NOT_OF_BASIS",
                        "MATRIX_VERSION",
                        "ORAL_NOT_ALLOWED",
                        "MEMORY_BEYOND_BASIS",
                        "CATEGORY_BEYOND_BASIS",
                        "VALIDATOR_ABSENT",
                        "VALIDATOR_OTHER_ORDER",
                        "VALIDATOR_DIFFERS",
                        "VALIDATOR KEY_NOT_ENROLLED");
        assertThat(seen.get("malformed")).as(seen.toString()).isBetween(ORDERS / 5, ORDERS * 4 / 5);
    }
}
