// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import org.sparekey.protocol.key.SigningKey;

/** An enrolled reseller with his three keys. */
record FakeReseller(String id, SigningKey tls, SigningKey message, SigningKey document) {}
