// SPDX-License-Identifier: Apache-2.0
/**
 * Witnesses of a log: their keys and cosignatures, the policy that counts them, what a log sends them and what they
 * decide (C2SP tlog-cosignature, tlog-policy, tlog-witness v1.0.0).
 */
@NullMarked
package org.sparekey.protocol.witness;

import org.jspecify.annotations.NullMarked;
