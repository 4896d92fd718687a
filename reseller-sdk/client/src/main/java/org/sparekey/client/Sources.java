// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.security.SecureRandom;
import java.time.InstantSource;

/** The clock and the source of randomness of a client whose caller brings none of his own. */
final class Sources {

    private Sources() {}

    static InstantSource clock() {
        return InstantSource.system();
    }

    static SecureRandom random() {
        return new SecureRandom();
    }
}
