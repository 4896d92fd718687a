// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.timestamp;

import java.math.BigInteger;
import java.time.Instant;

/**
 * What a time-stamp says.
 *
 * @param time the authority's genTime
 * @param authority subject of the certificate that signed, RFC 2253
 * @param policy object identifier, dotted
 * @param serial the authority's own number of this stamp
 */
public record TimeStamp(Instant time, String authority, String policy, BigInteger serial) {}
