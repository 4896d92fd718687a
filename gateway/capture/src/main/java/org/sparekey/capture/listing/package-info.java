// SPDX-License-Identifier: EUPL-1.2
/** Lists what runs, without any means to read it: guests with their identifiers, and what could not be listed. */
@NullMarked
package org.sparekey.capture.listing;

import org.jspecify.annotations.NullMarked;
