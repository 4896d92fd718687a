// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Results on the output stream, what stands in the way on the error stream; or one JSON object for both. */
@NullUnmarked
final class Printing {

    private static final String JSON = "--json";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = JSON, description = "print one JSON object")
    private boolean json;

    @Option(names = "--quiet", description = "print only what stands in the way")
    private boolean quiet;

    /** Prints it; answers its exit code. */
    int print(Report report) {
        return print(spec.commandLine(), report, json, quiet);
    }

    /** The same for a command that ended by an exception. */
    static int print(CommandLine command, Report report) {
        OptionSpec option = command.getCommandSpec().findOption(JSON);
        boolean json = option != null && Boolean.TRUE.equals(option.getValue());
        return print(command, report, json, false);
    }

    /** What came from elsewhere: the object as it came, or its words. */
    void print(String object, List<String> words) {
        if (json) {
            spec.commandLine().getOut().println(object);
        } else if (!quiet) {
            words.forEach(spec.commandLine().getOut()::println);
        }
        spec.commandLine().getOut().flush();
    }

    private static int print(CommandLine command, Report report, boolean json, boolean quiet) {
        if (json) {
            command.getOut().println(new String(Wire.write(report), StandardCharsets.UTF_8));
        } else {
            if (!quiet) {
                report.lines().forEach(command.getOut()::println);
            }
            report.problems().forEach(command.getErr()::println);
        }
        command.getOut().flush();
        command.getErr().flush();
        return report.exit();
    }

    /** Drawn only where somebody watches and wants it. */
    ProgressLine progress(Surroundings around, String task) {
        boolean drawn = around.terminal() && !json && !quiet;
        return new ProgressLine(spec.commandLine().getErr(), task, drawn);
    }
}
