// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderStatus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How results are printed: words, or one JSON object. */
@NullUnmarked
final class Printing {

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
        return OrderEnd.of(status.state()).exitCode();
    }

    /** One line for one change; with --json the whole status as one line. */
    void change(OrderStatus status) {
        String reason = status.reason().map(code -> " (" + code + ")").orElse("");
        words(
                status,
                Wire.text(Connection.CLOCK.instant()) + " " + status.orderId() + " is " + status.state() + reason
                        + ", version " + status.version() + ", approvals " + status.approvals());
    }

    /** One object, or words; answers the exit code it was given. */
    int result(int exitCode, Object value, String words) {
        words(value, words);
        return exitCode;
    }

    void json(Object value) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(Wire.write(value), StandardCharsets.UTF_8));
        out.flush();
    }

    private void words(Object value, String words) {
        if (json) {
            json(value);
        } else {
            line(words);
        }
    }

    /** Beside the result, so that no program takes it for one and nobody is without it. */
    void aside(String words) {
        spec.commandLine().getErr().println(words);
        spec.commandLine().getErr().flush();
    }

    void line(String words) {
        if (!json) {
            spec.commandLine().getOut().println(words);
            spec.commandLine().getOut().flush();
        }
    }
}
