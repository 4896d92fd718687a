// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.List;
import org.sparekey.protocol.order.MatrixRow.Disclosure;

/** What an order asks for. Each kind is judged apart: emergency shortens a clock, never the authority needed. */
public enum OrderKind {
    VOLUNTARY_REQUEST(Disclosure.NOTHING, Category.EXISTENCE),
    EXISTENCE_CHECK(Disclosure.EXISTENCE, Category.EXISTENCE),
    PRODUCTION_IDENTITY(Disclosure.PARTY_OF_RECORD, Category.SUBSCRIBER),
    PRESERVATION(Disclosure.NOTHING, Category.SUBSCRIBER, Category.TRAFFIC, Category.CONTENT),
    PRODUCTION_TRAFFIC(Disclosure.TRAFFIC_RECORDS, Category.TRAFFIC),
    SNAPSHOT_COPY(Disclosure.SEALED_IMAGE, Category.CONTENT),
    TAKE_DOWN(Disclosure.NOTHING, Category.CONTENT),
    RESTORE(Disclosure.NOTHING, Category.CONTENT),
    EXTENSION(Disclosure.NOTHING, Category.SUBSCRIBER, Category.TRAFFIC, Category.CONTENT),
    WITHDRAWAL(Disclosure.NOTHING, Category.values()),
    ORAL_CONFIRMATION(Disclosure.NOTHING, Category.values()),
    CLARIFICATION(Disclosure.NOTHING, Category.values());

    private final Disclosure discloses;
    private final List<Category> reach;

    OrderKind(Disclosure discloses, Category... reach) {
        this.discloses = discloses;
        this.reach = List.of(reach);
    }

    /** The most that can leave the gateway because of it, whatever a row of the matrix says. */
    public Disclosure discloses() {
        return discloses;
    }

    /** Whether it can be about this category at all: no row can make an identity order reach a disk. */
    public boolean reaches(Category category) {
        return reach.contains(category);
    }

    /** Whether it is about an earlier order, which it names as its parent, and asks for nothing itself. */
    public boolean follows() {
        return this == RESTORE
                || this == EXTENSION
                || this == WITHDRAWAL
                || this == ORAL_CONFIRMATION
                || this == CLARIFICATION;
    }

    /** Whether it needs no legal basis of its own: it only takes back, or explains. */
    public boolean restsOnNothing() {
        return this == WITHDRAWAL || this == CLARIFICATION;
    }
}
