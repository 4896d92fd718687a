// SPDX-License-Identifier: EUPL-1.2
/** Follows the log, says aloud what nobody should have to look for, and enters that it did. */
@ApplicationModule(
        displayName = "alarms",
        allowedDependencies = {"auditlog", "mirror"})
@NullMarked
package org.sparekey.gateway.alarms;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
