// SPDX-License-Identifier: Apache-2.0
/** What two officers say together: the same statement, signed by each with his own document key. */
@NullMarked
package org.sparekey.protocol.joint;

import org.jspecify.annotations.NullMarked;
