// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.IpPrefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves an address from one machine to another: closed here and opened there in one batch, at one instant. */
@NullUnmarked
@Command(
        name = "move-ip",
        description = "Registers that an address moved from one machine to another.",
        mixinStandardHelpOptions = true)
final class MoveIpCommand implements Callable<Integer> {

    private final Surroundings around;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Mixin
    private When when;

    @Parameters(paramLabel = "IP", description = "the address or prefix")
    private String ip;

    @Option(names = "--from", required = true, paramLabel = "VM", description = "who had it")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "VM", description = "who has it now")
    private String to;

    @Option(names = "--cluster", paramLabel = "NAME", description = "where two clusters have machines of these names")
    private String cluster;

    MoveIpCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        SpoolEvent event = new SpoolEvent(
                SpoolEvent.VERSION,
                SpoolEvent.TYPE,
                SpoolEvent.Kind.MOVE,
                Optional.ofNullable(cluster),
                from,
                when.instant(around),
                Optional.of(address()),
                Optional.of(to));
        return printing.print(new CommandRun(place, around).run("move-ip", event));
    }

    private String address() {
        try {
            return IpPrefix.parse(ip).text();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "IP is not an address or prefix", e);
        }
    }
}
