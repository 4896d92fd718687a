// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;
import org.sparekey.protocol.json.Digest;

/** An entry that stands in the log under a signed and published checkpoint. */
public record Recorded(String origin, long index, Digest leafHash, Instant time) {}
