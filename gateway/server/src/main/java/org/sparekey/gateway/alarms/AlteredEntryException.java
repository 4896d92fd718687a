// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.alarms;

import org.sparekey.protocol.json.Digest;

/** A stored entry does not parse: reading stops in front of it, and an alarm says so. */
final class AlteredEntryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AlteredEntryException(Digest leafHash, Exception cause) {
        super("the stored entry " + leafHash + " is no entry", cause);
    }
}
