// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.time.Instant;

/** The validator the order names (the rechter-commissaris): his authority, role, reference and the time of his decision. */
public record ValidatorReference(String authority, String role, String reference, Instant at) {}
