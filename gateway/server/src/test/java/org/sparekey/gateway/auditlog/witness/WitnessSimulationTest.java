// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A log and three witnesses through every fault at once, seed by seed. 10,000 lives with -Plong, a sample otherwise. */
class WitnessSimulationTest {

    private static final long FIRST_SEED = 20_260_301;
    private static final int RUNS = Boolean.getBoolean("sparekey.long") ? 10_000 : 400;

    /** Sums over the runs. */
    private record Sum(long releases, long withoutQuorum, long forks, long stopped) {
        Sum plus(SimulatedRun.Outcome run) {
            return new Sum(
                    releases + run.releases(),
                    withoutQuorum + run.withoutQuorum(),
                    forks + run.forks(),
                    stopped + (run.stopped() ? 1 : 0));
        }
    }

    @Test
    void nothing_is_released_without_a_quorum_and_no_second_history_whatever_goes_wrong() {
        Sum sum = runs(RUNS, 2);
        System.out.println("seeds from " + FIRST_SEED + ", runs " + RUNS + ": " + sum);
        assertThat(sum.withoutQuorum()).isZero();
        assertThat(sum.forks()).isZero();
        // The faults leave most logs alive and let most of them get through, and some stop.
        assertThat(sum.releases()).isGreaterThan(RUNS);
        assertThat(sum.stopped()).isBetween(1L, RUNS - 1L);
    }

    @Test
    void the_same_faults_release_without_a_quorum_where_nobody_is_asked() {
        Sum sum = runs(400, 0);
        System.out.println("where nobody is asked: " + sum);
        assertThat(sum.withoutQuorum()).isPositive();
        assertThat(sum.forks()).isPositive();
    }

    @Test
    void one_witness_is_not_two() {
        assertThat(runs(100, 1).withoutQuorum()).isPositive();
    }

    private static Sum runs(int count, int needed) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + count)
                .mapToObj(seed -> new SimulatedRun(seed, needed).run())
                .reduce(new Sum(0, 0, 0, 0), Sum::plus, (one, other) -> one);
    }
}
