// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.security.SecureRandom;
import java.time.InstantSource;

/** The clock and the source of randomness of the command. */
public final class Sources {

    private Sources() {}

    public static InstantSource clock() {
        return InstantSource.system();
    }

    static SecureRandom random() {
        return new SecureRandom();
    }
}
