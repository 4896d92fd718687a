// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.json.Bytes;

/** What opens an entry's commitment; gone once erased. */
public record Opened(Bytes salt, byte[] payload) {}
