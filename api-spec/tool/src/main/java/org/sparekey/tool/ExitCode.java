// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.channel.ChannelException;
import org.sparekey.protocol.problem.ProblemDetails;

/** What the command's exit codes mean, everywhere the same; 5 and 10 are never confused. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int PARTLY = 3;
    static final int NOT_AUTHORISED = 4;
    static final int NOT_AUTHENTIC = Verification.NOT_AUTHENTIC;
    static final int NOT_FOUND = 6;
    static final int CONFLICT = 7;
    static final int PENDING = 8;
    static final int DEADLINE_PASSED = 9;
    static final int INCOMPLETE = Verification.INCOMPLETE;

    private ExitCode() {}

    static int of(ProblemDetails problem) {
        return switch (problem.status()) {
            case 401, 403 -> NOT_AUTHORISED;
            case 404 -> NOT_FOUND;
            case 409, 412, 422 -> CONFLICT;
            default -> FAILED;
        };
    }

    static int of(ChannelException e) {
        return switch (e.failure()) {
            case NOT_AUTHORISED -> NOT_AUTHORISED;
            case NOT_AUTHENTIC -> NOT_AUTHENTIC;
            case DEADLINE_PASSED -> DEADLINE_PASSED;
            case UNREACHABLE, MALFORMED -> FAILED;
        };
    }

    static int of(EvidenceException.Kind kind) {
        return switch (kind) {
            case ALTERED -> NOT_AUTHENTIC;
            case INCOMPLETE -> INCOMPLETE;
            case NOT_A_RECIPIENT -> NOT_AUTHORISED;
        };
    }
}
