// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.security.SecureRandom;
import java.time.InstantSource;

/** The clock and the source of randomness of the bench. */
final class Sources {

    private Sources() {}

    static InstantSource clock() {
        return InstantSource.system();
    }

    static SecureRandom random() {
        return new SecureRandom();
    }
}
