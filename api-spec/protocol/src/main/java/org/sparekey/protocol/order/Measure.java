// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

/** More than the least that an order of its kind brings about: done only where the order says so in this word. */
public enum Measure {
    /** What is frozen is copied too; the copy is sealed at once and withheld until another order releases it. */
    SECURED_COPY,
    /** Where a notice and a block do not help, the one guest is taken off the net. */
    ISOLATE_GUEST;

    /** What is said again by the orders that follow one may be said in them. */
    boolean of(OrderKind kind) {
        boolean freezes = kind == OrderKind.PRESERVATION || kind == OrderKind.EXTENSION;
        boolean takesDown = kind == OrderKind.TAKE_DOWN || kind == OrderKind.RESTORE;
        return kind == OrderKind.ORAL_CONFIRMATION || (this == SECURED_COPY ? freezes : takesDown);
    }
}
