// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/** Who caused an entry: the role, and the id of the enrolled key that spoke (absent for the gateway's own steps). No name. */
public record LogActor(String role, Optional<Digest> keyId) {

    public LogActor {
        LogEntry.requireWord(role);
    }
}
