// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that a machine is gone, without waiting for listings. */
@NullUnmarked
@Command(name = "end", description = "Registers that a machine is gone.", mixinStandardHelpOptions = true)
final class EndCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Mixin
    private When when;

    @Option(names = "--cluster", paramLabel = "NAME", description = "where two clusters have a machine of this name")
    private String cluster;

    @Parameters(paramLabel = "VM", description = "the machine, as it was registered")
    private String vm;

    EndCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        Instant at = when.instant(around);
        Optional<String> where = Optional.ofNullable(cluster);
        SpoolEvent event = new SpoolEvent(
                SpoolEvent.VERSION,
                SpoolEvent.TYPE,
                SpoolEvent.Kind.END,
                where,
                vm,
                at,
                Optional.empty(),
                Optional.empty());
        return printing.print(new CommandRun(place, around).run("end", event));
    }
}
