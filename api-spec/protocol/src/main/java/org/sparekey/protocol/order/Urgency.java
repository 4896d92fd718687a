// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** Shortens the clock; never lowers the authority that a category needs. */
public enum Urgency {
    NORMAL,
    EMERGENCY
}
