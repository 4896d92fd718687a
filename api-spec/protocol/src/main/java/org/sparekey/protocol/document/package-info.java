// SPDX-License-Identifier: Apache-2.0
/** Signed documents: compact JWS, JAdES baseline-B shaped, that prove themselves years later. */
@NullMarked
package org.sparekey.protocol.document;

import org.jspecify.annotations.NullMarked;
