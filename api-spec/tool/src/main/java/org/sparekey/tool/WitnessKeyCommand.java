// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about a witness's key. */
@NullUnmarked
@Command(
        name = "key",
        description = "Makes a witness's key.",
        mixinStandardHelpOptions = true,
        subcommands = WitnessKeyNewCommand.class)
final class WitnessKeyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
