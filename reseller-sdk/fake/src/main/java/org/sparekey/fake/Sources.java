// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.security.SecureRandom;

/** Chance for keys and salts. */
final class Sources {

    private Sources() {}

    static SecureRandom random() {
        return new SecureRandom();
    }
}
