// SPDX-License-Identifier: EUPL-1.2
/**
 * The log: append, sequence, sign, publish. A room hands an entry over inside the transaction of its state change; a
 * step of this room numbers it, a second signs the tree, a third publishes tiles and the checkpoint.
 */
@ApplicationModule(displayName = "auditlog", allowedDependencies = "keys")
@NullMarked
package org.sparekey.gateway.auditlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
