// SPDX-License-Identifier: EUPL-1.2
/** Driver for a directory of disk images: guests that are not running, and the demo. */
@NullMarked
package org.sparekey.capture.image;

import org.jspecify.annotations.NullMarked;
