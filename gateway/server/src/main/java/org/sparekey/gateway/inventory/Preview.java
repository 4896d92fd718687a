// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

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

    /** @param before what holds now where the row alters it */
    record Difference(Change change, Assignment after, Optional<Assignment> before) {

        /** One line, as a person reads it before he says yes. */
        public String text() {
            String told = before.map(one -> " (was " + words(one) + ")").orElse("");
            String sign = switch (change) {
                case NEW -> "+ ";
                case ALTERED -> "~ ";
                case SAME -> "= ";
            };
            return sign + after.kind() + " " + after.value() + " " + words(after) + told;
        }

        private static String words(Assignment one) {
            return one.reseller().value()
                    + one.via().map(via -> " via " + via.value()).orElse("")
                    + " from " + one.from()
                    + one.to().map(end -> " to " + end).orElse("");
        }
    }

    static Planned of(List<Assignment> rows, List<Assignment> current) {
        Map<Object, Assignment> held =
                current.stream().collect(Collectors.toMap(AssignmentFile::statement, Function.identity()));
        return new Planned(rows.stream()
                .map(row -> difference(row, Optional.ofNullable(held.get(AssignmentFile.statement(row)))))
                .toList());
    }

    private static Difference difference(Assignment row, Optional<Assignment> before) {
        if (before.isEmpty()) {
            return new Difference(Change.NEW, row, before);
        }
        boolean same = before.get().reseller().equals(row.reseller())
                && before.get().to().equals(row.to());
        return same ? new Difference(Change.SAME, row, Optional.empty()) : new Difference(Change.ALTERED, row, before);
    }
}
