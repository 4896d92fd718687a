// SPDX-License-Identifier: EUPL-1.2
/** Orders: submitted, verified against the law, refused, held, located, approved; and what became of them. */
@ApplicationModule(
        displayName = "Orders",
        allowedDependencies = {"parties", "registry", "inventory", "keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
