// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import org.sparekey.client.GatewayException;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.problem.ProblemDetails;

/** What exit codes mean: the same as those of the {@code sparekey} command; 5 and 10 are never confused. */
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

    static int of(GatewayException e) {
        if (e instanceof GatewayException.NotAuthentic || e instanceof GatewayException.ReceiptFails) {
            return NOT_AUTHENTIC;
        }
        if (e instanceof GatewayException.NotAuthorised) {
            return NOT_AUTHORISED;
        }
        if (e instanceof GatewayException.DeadlinePassed) {
            return DEADLINE_PASSED;
        }
        return e.problem().map(ExitCode::of).orElse(FAILED);
    }
}
