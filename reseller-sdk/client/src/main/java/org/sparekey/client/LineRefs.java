// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

/**
 * A machine that a line of a batch speaks of, as its names will be once the line is accepted.
 *
 * @param index of the line's record in the batch, from 0
 */
record LineRefs(int index, AssetRefs refs) {}
