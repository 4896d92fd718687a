// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;

/** An entry that will be sequenced if, and only if, the transaction that appended it commits. */
public record Pending(String origin, UUID id, Digest leafHash, Instant time) {}
