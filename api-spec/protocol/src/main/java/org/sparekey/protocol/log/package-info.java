// SPDX-License-Identifier: Apache-2.0
/** What a log entry is, to the byte: the canonical record, and the commitment to what the log itself must not hold. */
@NullMarked
package org.sparekey.protocol.log;

import org.jspecify.annotations.NullMarked;
