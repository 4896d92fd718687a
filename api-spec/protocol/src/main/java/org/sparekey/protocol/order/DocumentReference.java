// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import org.sparekey.protocol.json.Digest;

/** An attached document by digest, and its media type. */
public record DocumentReference(Digest sha256, String type) {}
