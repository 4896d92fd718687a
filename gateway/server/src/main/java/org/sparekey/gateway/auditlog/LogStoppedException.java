// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

/** Nothing is appended, sequenced or signed any more until two people have looked: going on would hide what happened. */
public final class LogStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final StopReason reason;

    LogStoppedException(StopReason reason, String origin) {
        super("the log " + origin + " is stopped: " + reason.text());
        this.reason = reason;
    }

    public StopReason reason() {
        return reason;
    }
}
