// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Results on the output stream, what stands in the way on the error stream; or one JSON object for both. */
@NullUnmarked
final class Printing {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(names = "--quiet", description = "print only what stands in the way")
    private boolean quiet;

    /** Prints it; answers its exit code. */
    int print(Report report) {
        if (json) {
            spec.commandLine().getOut().println(new String(Wire.write(report), StandardCharsets.UTF_8));
        } else {
            if (!quiet) {
                report.lines().forEach(spec.commandLine().getOut()::println);
            }
            report.problems().forEach(spec.commandLine().getErr()::println);
        }
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().flush();
        return report.exit();
    }

    /** Drawn only where somebody watches and wants it. */
    ProgressLine progress(Surroundings around, String task) {
        boolean drawn = around.terminal() && !json && !quiet;
        return new ProgressLine(spec.commandLine().getErr(), task, drawn);
    }
}
