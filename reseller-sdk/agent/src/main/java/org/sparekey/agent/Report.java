// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command did, for people and for programs: {@code --json} prints exactly this.
 *
 * @param schema name and version of this form
 * @param command which command it was
 * @param ok whether the exit code is 0
 * @param lines one sentence or one machine a line; never a customer, never a secret
 * @param problems what stands in the way, and what to do about it
 */
record Report(String schema, String command, boolean ok, int exit, List<String> lines, List<String> problems) {

    static final String SCHEMA = "sparekey-agent/report/v1";

    Report {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** Collects a report while the command works. The gravest exit code wins. */
    static final class Writing {

        /** The gravest first. */
        private static final List<Integer> GRAVITY = List.of(
                ExitCode.NOT_AUTHENTIC,
                ExitCode.NOT_AUTHORISED,
                ExitCode.CONFLICT,
                ExitCode.NOT_FOUND,
                ExitCode.DEADLINE_PASSED,
                ExitCode.FAILED,
                ExitCode.INCOMPLETE,
                ExitCode.PARTLY,
                ExitCode.PENDING,
                ExitCode.OK);

        private final String command;
        private final List<String> lines = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private int exit = ExitCode.OK;

        Writing(String command) {
            this.command = command;
        }

        Writing line(String words) {
            lines.add(words);
            return this;
        }

        Writing problem(int code, String words) {
            problems.add(words);
            return exit(code);
        }

        Writing exit(int code) {
            exit = GRAVITY.indexOf(code) < GRAVITY.indexOf(exit) ? code : exit;
            return this;
        }

        Report done() {
            return new Report(SCHEMA, command, exit == ExitCode.OK, exit, lines, problems);
        }
    }
}
