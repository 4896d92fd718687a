// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;
import java.util.Optional;

/**
 * @param mode SECRET or OPEN
 * @param until when the duty of secrecy ends, where the issuer says so
 * @param resellerMayKnow false unless the issuer says otherwise
 */
public record Secrecy(String mode, Optional<Instant> until, boolean resellerMayKnow) {
    public Secrecy {
        if (!mode.equals("SECRET") && !mode.equals("OPEN")) {
            throw new IllegalArgumentException("secrecy is SECRET or OPEN");
        }
    }
}
