// SPDX-License-Identifier: EUPL-1.2
/** The gateway. */
@NullMarked
package org.sparekey.gateway;

import org.jspecify.annotations.NullMarked;
