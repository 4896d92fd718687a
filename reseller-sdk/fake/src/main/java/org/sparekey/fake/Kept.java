// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.time.Instant;
import java.util.UUID;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * A state that the gateway has accepted, and where it came from.
 *
 * @param line in the batch; 2 is the first record
 */
public record Kept(String reseller, RegistrationRecord record, UUID batchId, int line, Instant recordedAt) {}
