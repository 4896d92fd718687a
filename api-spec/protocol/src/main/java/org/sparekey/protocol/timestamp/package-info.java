// SPDX-License-Identifier: Apache-2.0
/**
 * Time-stamps of an authority outside the hoster (RFC 3161): what a verifier asks and is told. The one implementation is
 * in {@code org.sparekey.protocol.timestamp.cms}, which needs Bouncy Castle's CMS beside this library.
 */
@NullMarked
package org.sparekey.protocol.timestamp;

import org.jspecify.annotations.NullMarked;
