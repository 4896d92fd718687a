// SPDX-License-Identifier: EUPL-1.2
/** A time-stamp authority over HTTP (RFC 3161) that can be switched away and can answer wrongly. */
@NullMarked
package org.sparekey.testkit.tsa;

import org.jspecify.annotations.NullMarked;
