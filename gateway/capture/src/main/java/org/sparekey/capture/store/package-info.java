// SPDX-License-Identifier: EUPL-1.2
/** Write-once files for sealed evidence. */
@NullMarked
package org.sparekey.capture.store;

import org.jspecify.annotations.NullMarked;
