// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.coverage;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a reseller was told about assets that are not covered.
 *
 * @param at since when this rung holds
 * @param nextAt when the next one is due; absent on the last, and when closed
 * @param closedAt when everything was covered again
 */
public record CoverageNotice(
        UUID id, Rung rung, Instant openedAt, Instant at, Optional<Instant> nextAt, Optional<Instant> closedAt) {}
