// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

/** What a state means to whoever ordered. A state that this version does not know goes on. */
enum OrderEnd {
    /** Done, or his turn: fetch what is available, wait for what a freezing waits for. */
    AS_ORDERED(ExitCode.OK),
    NOT_DONE(ExitCode.FAILED),
    TOO_LATE(ExitCode.DEADLINE_PASSED),
    GOES_ON(ExitCode.PENDING);

    private final int exitCode;

    OrderEnd(int exitCode) {
        this.exitCode = exitCode;
    }

    static OrderEnd of(String state) {
        return switch (state) {
            case "received",
                    "applied",
                    "answered",
                    "preserved",
                    "extended",
                    "linked",
                    "released-hold",
                    "isolated",
                    "restored",
                    "available",
                    "acknowledged",
                    "closed" -> AS_ORDERED;
            case "refused", "stopped", "failed", "withdrawn", "quarantined", "destroyed" -> NOT_DONE;
            case "expired", "confirmation-overdue" -> TOO_LATE;
            default -> GOES_ON;
        };
    }

    int exitCode() {
        return exitCode;
    }
}
