// SPDX-License-Identifier: EUPL-1.2
/** A reader for the NBD protocol over a Unix socket. */
@NullMarked
package org.sparekey.capture.nbd;

import org.jspecify.annotations.NullMarked;
