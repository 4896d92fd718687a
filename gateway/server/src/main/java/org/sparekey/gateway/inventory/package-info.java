// SPDX-License-Identifier: EUPL-1.2
/** Inventory: whose prefix and server it is, and what the hypervisors run, over time. The hoster's own knowledge. */
@ApplicationModule(
        displayName = "Inventory",
        allowedDependencies = {"parties", "auditlog"})
@NullMarked
package org.sparekey.gateway.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
