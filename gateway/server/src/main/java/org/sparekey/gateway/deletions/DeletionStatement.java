// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.deletions;

import java.util.Locale;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.protocol.deletion.DeletionRequest;

/** What this room enters. Only {@link #REQUESTED} stands in the log of which resellers see anything. */
enum DeletionStatement {
    /** Payload: the signed request. */
    REQUESTED,
    /** A party terminates more than usual in a day: from here on two officers are needed. Payload: whose day it is. */
    BULK,
    /** Payload: the statement of two officers. */
    BULK_APPROVED,
    /** The intent; clear: act and number. Payload: request and, where it is held, by which orders. */
    PERMITTED,
    /** Payload, of these and the next: the signed report. */
    QUARANTINED,
    DESTROYED,
    FAILED,
    /** Somebody says that he did what nobody permitted. */
    UNPERMITTED;

    String type() {
        return this == REQUESTED
                ? DeletionRequest.ENTRY_TYPE
                : "deletion." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    LogName log() {
        return this == REQUESTED ? LogName.REGISTRY : LogName.CASE;
    }
}
