// SPDX-License-Identifier: Apache-2.0
/** The sparekey command. */
@NullMarked
package org.sparekey.tool;

import org.jspecify.annotations.NullMarked;
