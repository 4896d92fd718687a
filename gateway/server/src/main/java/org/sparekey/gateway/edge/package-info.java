// SPDX-License-Identifier: EUPL-1.2
/**
 * The door: three listeners, tokens, message signatures, replay, limits, problems. A request passes {@code AnswerFilter}
 * (which signs whatever comes back), then {@code Door} (which lets a {@code Caller} in or nobody), then its room.
 */
@ApplicationModule(
        displayName = "Edge",
        allowedDependencies = {"parties", "keys", "auditlog"})
@NullMarked
package org.sparekey.gateway.edge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
