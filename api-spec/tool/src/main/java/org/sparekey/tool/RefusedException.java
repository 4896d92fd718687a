// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.sparekey.protocol.problem.ProblemDetails;

/** The gateway answered with a problem, authentically. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient ProblemDetails problem;

    RefusedException(ProblemDetails problem) {
        super(problem.title());
        this.problem = problem;
    }

    ProblemDetails problem() {
        return problem;
    }
}
