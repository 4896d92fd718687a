// SPDX-License-Identifier: Apache-2.0
/**
 * RFC 3161 with Bouncy Castle's CMS: asks for time-stamps and judges them. This package alone needs {@code bcpkix}, an
 * optional dependency of the library: who calls it (gateway, {@code sparekey}, testkit) brings it along.
 */
@NullMarked
package org.sparekey.protocol.timestamp.cms;

import org.jspecify.annotations.NullMarked;
