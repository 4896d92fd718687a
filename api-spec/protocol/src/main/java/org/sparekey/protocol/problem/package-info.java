// SPDX-License-Identifier: Apache-2.0
/** The one catalogue of problems (RFC 9457). */
@NullMarked
package org.sparekey.protocol.problem;

import org.jspecify.annotations.NullMarked;
