// SPDX-License-Identifier: Apache-2.0
/** The fourth proof: the issuer, called on the register's number, says a code that only his order's owner has. */
@NullMarked
package org.sparekey.protocol.callback;

import org.jspecify.annotations.NullMarked;
