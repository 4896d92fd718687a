// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Instant;
import java.util.UUID;
import org.sparekey.protocol.registration.RegistrationRecord;

/** A line the gateway holds, and where it came from. */
public record HeldRegistration(RegistrationRecord record, UUID batchId, int line, Instant recordedAt) {}
