// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

/** A place that can say which guests one cluster runs. */
public interface GuestSource {

    /** What it is called in log lines; no two sources of a gateway are called the same. */
    String name();

    /** Looks once. Never throws for what is away or malformed: that is a {@link Gap}, and the listing is not complete. */
    Listing list();
}
