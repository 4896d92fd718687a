// SPDX-License-Identifier: EUPL-1.2
/** The rules of the house: read over the whole tree, so that a breach is found where it is made. */
@NullMarked
package org.sparekey.gateway.house;

import org.jspecify.annotations.NullMarked;
