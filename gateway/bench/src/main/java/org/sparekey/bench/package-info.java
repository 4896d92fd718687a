// SPDX-License-Identifier: EUPL-1.2
/** What speed means here: ratios between two ways of doing a thing, from interleaved rounds of one run. */
@NullMarked
package org.sparekey.bench;

import org.jspecify.annotations.NullMarked;
