// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.util.UUID;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/** Who fetched what; payload of its entry. */
record FetchRecord(
        int v,
        String type,
        UUID orderId,
        String party,
        String person,
        String name,
        Digest sha256,
        long from,
        Bytes salt) {

    static final String TYPE = "evidence-fetched";
}
