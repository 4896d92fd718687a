// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** Shortens the clock; never lowers the authority that a category needs. */
public enum Urgency {
    NORMAL,
    EMERGENCY,
    /** Given by word of mouth: it holds, and goes on once its written form has arrived (126nd(4), 126ni(3) Sv). */
    ORAL
}
