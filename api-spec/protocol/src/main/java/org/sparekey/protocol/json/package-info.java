// SPDX-License-Identifier: Apache-2.0
/** Strict JSON and JCS. */
@NullMarked
package org.sparekey.protocol.json;

import org.jspecify.annotations.NullMarked;
