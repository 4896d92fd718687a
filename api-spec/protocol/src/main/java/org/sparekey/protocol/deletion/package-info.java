// SPDX-License-Identifier: Apache-2.0
/** A machine is gone: one request, one universal grace, and the gateway's word before its disk is really deleted. */
@NullMarked
package org.sparekey.protocol.deletion;

import org.jspecify.annotations.NullMarked;
