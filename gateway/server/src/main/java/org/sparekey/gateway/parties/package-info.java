// SPDX-License-Identifier: EUPL-1.2
/** Parties: resellers, authorities, officers, supervisor; who may speak, in which role, with which key. */
@ApplicationModule(
        displayName = "Parties",
        allowedDependencies = {"keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.parties;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
