// SPDX-License-Identifier: EUPL-1.2
/** The pipeline: read, hash, compress, seal to the named recipients. */
@NullMarked
package org.sparekey.capture.seal;

import org.jspecify.annotations.NullMarked;
