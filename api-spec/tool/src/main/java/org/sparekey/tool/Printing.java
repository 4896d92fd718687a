// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How results are printed: words, or one JSON object. */
@NullUnmarked
final class Printing {

    private static final Set<String> ENDED_BADLY = Set.of("refused", "stopped", "failed", "expired", "withdrawn");
    private static final Set<String> ENDED_WELL =
            Set.of("received", "answered", "available", "acknowledged", "closed", "located");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /** Prints it and answers the exit code: ok, failed, or pending while it goes on. */
    int status(OrderStatus status) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Wire.write(status), StandardCharsets.UTF_8));
        } else {
            out.println(status.orderId() + " is " + status.state()
                    + status.reason().map(reason -> " (" + reason + ")").orElse(""));
            status.explanation().forEach(line -> out.println("  " + line));
            out.println("  approvals: " + status.approvals() + "; "
                    + (status.calledBack().equals(OrderStatus.CALLED_BACK) ? "called back" : "not called back"));
        }
        out.flush();
        if (ENDED_BADLY.contains(status.state())) {
            return ExitCode.FAILED;
        }
        return ENDED_WELL.contains(status.state()) ? ExitCode.OK : ExitCode.PENDING;
    }

    void line(String words) {
        if (!json) {
            spec.commandLine().getOut().println(words);
            spec.commandLine().getOut().flush();
        }
    }
}
