// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

/** L0: infrastructure. L1: and a pseudonym with commitments. L2 (sealed tiers) is reserved. */
public enum AssuranceLevel {
    L0,
    L1,
    L2
}
