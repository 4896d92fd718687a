// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The sheet for an execution by hand: printed beforehand, because on the day itself there is no gateway to ask. */
@NullUnmarked
@Command(
        name = "paper",
        description = "Prints the paper protocol for an execution while the gateway is down (Markdown).",
        mixinStandardHelpOptions = true)
final class OrderPaperCommand implements Callable<Integer> {

    /** The languages it exists in. */
    enum Language {
        EN,
        NL
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--lang", paramLabel = "nl|en", description = "the language; en by default", defaultValue = "en")
    private Language language;

    @Override
    public Integer call() throws IOException {
        String name = language == Language.NL ? "paper-protocol.nl.md" : "paper-protocol.en.md";
        try (InputStream in = OrderPaperCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not in the jar");
            }
            spec.commandLine().getOut().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }
}
