// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The two sides of a comparison in turn, the one that goes first changing each round: the same machine was seen to do
 * the same insert 14 times slower half an hour later, so only what lies beside each other can be compared.
 */
final class Rounds {

    private final List<Sample> ours = new ArrayList<>();
    private final List<Sample> baseline = new ArrayList<>();

    private final Yardstick yardstick;

    private Rounds(Yardstick yardstick) {
        this.yardstick = yardstick;
    }

    static Rounds run(Comparison comparison, int rounds, Machine machine) throws Exception {
        Rounds done = new Rounds(comparison.yardstick());
        for (int round = 0; round < comparison.warmUp(); round++) {
            machine.measure(comparison.ours(), comparison.yardstick());
            machine.measure(comparison.baseline(), comparison.yardstick());
        }
        for (int round = 0; round < rounds; round++) {
            boolean oursFirst = round % 2 == 0;
            if (oursFirst) {
                done.ours.add(machine.measure(comparison.ours(), comparison.yardstick()));
            }
            done.baseline.add(machine.measure(comparison.baseline(), comparison.yardstick()));
            if (!oursFirst) {
                done.ours.add(machine.measure(comparison.ours(), comparison.yardstick()));
            }
        }
        return done;
    }

    List<Sample> ours() {
        return List.copyOf(ours);
    }

    List<Sample> baseline() {
        return List.copyOf(baseline);
    }

    /** Ours over baseline, round by round. */
    List<Double> ratios() {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ours.size(); round++) {
            ratios.add(yardstick.ratio(ours.get(round), baseline.get(round)));
        }
        return List.copyOf(ratios);
    }
}
