// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything about delivered evidence. */
@NullUnmarked
@Command(
        name = "evidence",
        description = "Fetches, verifies, opens and excerpts evidence.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EvidenceFetchCommand.class,
            EvidenceVerifyCommand.class,
            EvidenceOpenCommand.class,
            EvidenceExcerptCommand.class
        })
final class EvidenceCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
