// SPDX-License-Identifier: EUPL-1.2
/** An order's whole path, from the hoster's tables to the opened copy of a running guest. */
@NullMarked
package org.sparekey.gateway.wholepath;

import org.jspecify.annotations.NullMarked;
