// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** What two officers can say together. */
public sealed interface OfficersStatement
        permits OutOfBandExecution,
                LogResumption,
                LogClosure,
                EnrolmentDecision,
                AuthoritiesImport,
                AuthorityResumption,
                MatrixAdoption,
                BulkDeletion,
                OrderThaw {

    int NEEDED = 2;
    int SALT_BYTES = 32;
    int MAX_TEXT_CHARS = 256;

    /** Also the {@code typ} of the proofs. */
    String type();

    /** The numbers of the two officers. */
    List<String> officers();

    /** When they say they sign. */
    Instant time();

    /** @throws IllegalArgumentException unless two different officers are named */
    static List<String> two(List<String> officers) {
        if (officers.size() != NEEDED || new HashSet<>(officers).size() != NEEDED) {
            throw new IllegalArgumentException("two different officers are named");
        }
        return List.copyOf(officers);
    }
}
