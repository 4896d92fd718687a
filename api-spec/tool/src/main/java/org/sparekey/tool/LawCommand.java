// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What an officer does with the legal-basis matrix. */
@NullUnmarked
@Command(
        name = "law",
        description = "Shows the legal-basis matrix and adopts it for a gateway.",
        mixinStandardHelpOptions = true,
        subcommands = {LawShowCommand.class, LawAdoptCommand.class})
final class LawCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
