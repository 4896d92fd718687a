// SPDX-License-Identifier: EUPL-1.2
/** A whole invented world around one gateway: hoster, resellers, authority, court, their keys, the signed list of parties. */
@NullMarked
package org.sparekey.testkit.world;

import org.jspecify.annotations.NullMarked;
