// SPDX-License-Identifier: Apache-2.0
/** Structured field values for HTTP (RFC 8941; of RFC 9651 neither dates nor display strings). */
@NullMarked
package org.sparekey.protocol.structured;

import org.jspecify.annotations.NullMarked;
