// SPDX-License-Identifier: EUPL-1.2
/** Keys: sign; the only room that touches the gateway's private keys. */
@ApplicationModule(
        displayName = "keys",
        allowedDependencies = {})
@NullMarked
package org.sparekey.gateway.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
