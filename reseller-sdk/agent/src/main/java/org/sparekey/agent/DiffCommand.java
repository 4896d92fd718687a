// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.agent.source.SourceException;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a sync would say now: + new, ~ changed, - gone. Asks nobody but the source and the ledger. */
@NullUnmarked
@Command(
        name = "diff",
        description = "Compares the source with what was registered: + new, ~ changed, - gone.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private SourceOptions source;

    @Mixin
    private Printing printing;

    DiffCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, SourceException, MalformedException {
        Report.Writing report = new Report.Writing("diff");
        new Sync(place, around, report).dryRun(source.open(around), Caution.USUAL);
        return printing.print(report.done());
    }
}
