// SPDX-License-Identifier: EUPL-1.2
/** Transparency: the public side of the log, proofs for those who may see them, and the bundle of an order. */
@ApplicationModule(
        displayName = "Transparency",
        allowedDependencies = {"evidence", "orders", "registry", "parties", "keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.transparency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
