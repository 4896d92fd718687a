// SPDX-License-Identifier: Apache-2.0
/** Watches a log from outside, with public keys only: what it was shown once it must be shown for ever. */
@NullMarked
package org.sparekey.tool.monitor;

import org.jspecify.annotations.NullMarked;
