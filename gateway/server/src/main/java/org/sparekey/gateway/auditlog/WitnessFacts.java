// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.Optional;

/**
 * How one witness of one log behaves, as far as this process has asked it.
 *
 * @param name as the policy calls it
 * @param answered when it last cosigned
 * @param failing present from its first failure after that on, until it cosigns again
 */
public record WitnessFacts(String name, Optional<Instant> answered, Optional<Failure> failing) {

    /**
     * @param since the first failure in a row
     * @param last the newest one
     * @param code of the newest one: no-answer, status-NNN, no-valid-cosignature, ...
     */
    public record Failure(Instant since, Instant last, String code) {}
}
