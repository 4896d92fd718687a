// SPDX-License-Identifier: EUPL-1.2
/** Evidence: execution tickets, capture, manifest, delivery, acknowledgement; the chain of custody of every copy. */
@ApplicationModule(
        displayName = "Evidence",
        allowedDependencies = {"orders", "registry", "inventory", "parties", "keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
