// SPDX-License-Identifier: EUPL-1.2
/** Deletions: terminated machines, one grace for all; what may really be destroyed, what is kept apart, and who says so. */
@ApplicationModule(
        displayName = "Deletions",
        allowedDependencies = {"orders", "registry", "inventory", "parties", "keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.deletions;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
