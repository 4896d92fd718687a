// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a CSV file would do. */
public sealed interface Preview {

    /** One entry for each row of the file, in its order. */
    record Planned(List<Difference> differences) implements Preview {
        public Planned {
            differences = List.copyOf(differences);
        }

        public boolean changesNothing() {
            return differences.stream().allMatch(one -> one.change() == Change.SAME);
        }
    }

    record Refused(List<CsvFault> faults) implements Preview {
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    enum Change {
        NEW,
        /** The same thing from the same instant on is recorded with another reseller or another end. */
        ALTERED,
        SAME
    }

    /**
     * @param thing what is given to somebody
     * @param after to whom, and for how long
     * @param before the same as it holds now, where the row alters it
     */
    record Difference(Change change, String thing, String after, Optional<String> before) {

        /** One line, as a person reads it before he says yes. */
        public String text() {
            String told = before.map(one -> " (was " + one + ")").orElse("");
            String sign = switch (change) {
                case NEW -> "+ ";
                case ALTERED -> "~ ";
                case SAME -> "= ";
            };
            return sign + thing + " " + after + told;
        }
    }

    static Planned of(List<Assignment> rows, List<Assignment> current) {
        return of(rows, current, AssignmentFile::statement, one -> one.kind() + " " + one.value(), Preview::words);
    }

    static Planned ofPlan(List<PlannedAddress> rows, List<PlannedAddress> current) {
        return of(rows, current, AddressPlanFile::statement, one -> one.prefix().text(), Preview::words);
    }

    /** Two rows that read alike say the same. */
    private static <T> Planned of(
            List<T> rows,
            List<T> current,
            Function<T, Object> statement,
            Function<T, String> thing,
            Function<T, String> words) {
        Map<Object, String> held = current.stream().collect(Collectors.toMap(statement, words));
        return new Planned(rows.stream()
                .map(row -> difference(
                        thing.apply(row), words.apply(row), Optional.ofNullable(held.get(statement.apply(row)))))
                .toList());
    }

    private static Difference difference(String thing, String after, Optional<String> before) {
        if (before.isEmpty()) {
            return new Difference(Change.NEW, thing, after, before);
        }
        boolean same = before.get().equals(after);
        return same
                ? new Difference(Change.SAME, thing, after, Optional.empty())
                : new Difference(Change.ALTERED, thing, after, before);
    }

    private static String words(Assignment one) {
        return one.reseller().value()
                + one.via().map(via -> " via " + via.value()).orElse("")
                + words(one.from(), one.to());
    }

    private static String words(PlannedAddress one) {
        return one.cluster() + "/" + one.vmId() + words(one.from(), one.to());
    }

    private static String words(Instant from, Optional<Instant> to) {
        return " from " + from + to.map(end -> " to " + end).orElse("");
    }
}
