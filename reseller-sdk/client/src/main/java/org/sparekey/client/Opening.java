// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.time.Instant;
import java.util.Map;
import org.sparekey.protocol.json.Bytes;

/**
 * What opens the commitments of one registered record later: the salts by field label. With it and the field's value
 * anyone can check one field; without it nobody can guess any.
 */
record Opening(String vpsRef, Instant validFrom, Map<String, Bytes> salts) {

    Opening {
        salts = Map.copyOf(salts);
    }
}
