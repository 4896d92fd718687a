// SPDX-License-Identifier: Apache-2.0
/** Keys, their algorithms and their ids: the algorithm always comes from the key, never from the message. */
@NullMarked
package org.sparekey.protocol.key;

import org.jspecify.annotations.NullMarked;
