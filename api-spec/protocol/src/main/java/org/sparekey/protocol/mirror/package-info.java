// SPDX-License-Identifier: Apache-2.0
/**
 * Following a copy of a log as a stranger to it: with the log's public key alone, every entry in its place, and the same
 * root at every checkpoint.
 */
@NullMarked
package org.sparekey.protocol.mirror;

import org.jspecify.annotations.NullMarked;
