// SPDX-License-Identifier: Apache-2.0
/** The signed list of parties: who may speak to this gateway, in which role, with which keys. */
@NullMarked
package org.sparekey.protocol.party;

import org.jspecify.annotations.NullMarked;
