// SPDX-License-Identifier: EUPL-1.2
/** Registry: which asset belongs to which pseudonym, since when and since when we know; receipts; locate. */
@ApplicationModule(
        displayName = "Registry",
        allowedDependencies = {"parties", "inventory", "keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
