// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;

/** A recorded entry: where it stands, and its bytes as they were hashed. */
public record EntryText(Recorded recorded, byte[] bytes) {

    public LogEntry parsed() {
        try {
            return LogEntry.parse(bytes);
        } catch (MalformedException e) {
            throw new IllegalStateException("entry " + recorded.index() + " of " + recorded.origin(), e);
        }
    }
}
