// SPDX-License-Identifier: Apache-2.0
/**
 * What is delivered: the manifest that says what was read, the folder it lies in, and the receipt for it (9-formats,
 * "Evidence folder").
 */
@NullMarked
package org.sparekey.protocol.evidence;

import org.jspecify.annotations.NullMarked;
