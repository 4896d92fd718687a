// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.time.Instant;

/**
 * A time-stamp over one document.
 *
 * @param reply TimeStampResp in DER
 * @param time what the token says
 */
public record StampToken(byte[] reply, Instant time) {}
