// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;

/**
 * A published checkpoint with its time-stamp.
 *
 * @param note the signed note as it was published: the bytes that were stamped
 * @param reply TimeStampResp in DER
 * @param time what the token says
 */
public record StampedCheckpoint(String origin, long size, byte[] note, byte[] reply, Instant time) {}
