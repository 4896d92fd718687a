// SPDX-License-Identifier: Apache-2.0
/** The order and its validator's document, and what may be asked under which law. */
@NullMarked
package org.sparekey.protocol.order;

import org.jspecify.annotations.NullMarked;
