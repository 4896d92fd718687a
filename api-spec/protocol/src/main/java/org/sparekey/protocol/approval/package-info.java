// SPDX-License-Identifier: Apache-2.0
/** What an officer signs, and the one-use ticket that two such signatures buy. */
@NullMarked
package org.sparekey.protocol.approval;

import org.jspecify.annotations.NullMarked;
