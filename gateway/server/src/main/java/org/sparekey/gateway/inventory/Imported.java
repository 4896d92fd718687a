// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.util.List;

/** What became of a CSV file: all of it, or nothing. */
public sealed interface Imported {

    record Done(int rows) implements Imported {}

    record Refused(List<CsvFault> faults) implements Imported {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
