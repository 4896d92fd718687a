// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.problem;

/** Ends a request with a coded problem. Thrown by a room's controller, rendered by the edge. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Problem problem;

    /** @param detail our own words; never input, never a stack trace */
    public ProblemException(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    public ProblemException(Problem problem, String detail, Throwable cause) {
        super(detail, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        String message = getMessage();
        return message == null ? problem.title() : message;
    }
}
