// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.security.SecureRandom;

/** Randomness that ends the run at a chosen draw: what is on the disk stays as a killed process would leave it. */
final class MortalRandom extends SecureRandom {

    private static final long serialVersionUID = 1;

    private int left;

    /** No Exception: nothing in between may take it for a failure and go on. */
    static final class Killed extends Error {

        private static final long serialVersionUID = 1;
    }

    /** @param draws the last of which kills; 0 = live on */
    void dieAt(int draws) {
        left = draws;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        if (left > 0 && --left == 0) {
            throw new Killed();
        }
        super.nextBytes(bytes);
    }
}
