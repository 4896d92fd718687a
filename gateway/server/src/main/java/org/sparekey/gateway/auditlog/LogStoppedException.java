// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

/** Nothing is appended, sequenced or signed any more until two people have looked: going on would hide what happened. */
public final class LogStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final StopReason reason;
    private final String origin;
    private final boolean untilResumed;

    LogStoppedException(StopReason reason, String origin) {
        this(reason, origin, reason == StopReason.RESTORED_BEHIND_LOG || reason == StopReason.GUARD_MISSING);
    }

    private LogStoppedException(StopReason reason, String origin, boolean untilResumed) {
        super("the log " + origin + " is stopped: " + reason.text());
        this.reason = reason;
        this.origin = origin;
        this.untilResumed = untilResumed;
    }

    /** Whatever a witness told: no restart clears it. */
    static LogStoppedException untilResumed(StopReason reason, String origin) {
        return new LogStoppedException(reason, origin, true);
    }

    public StopReason reason() {
        return reason;
    }

    String origin() {
        return origin;
    }

    /** Whether two officers must resume, also after the cause is gone. */
    boolean untilResumed() {
        return untilResumed;
    }
}
