// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The giver's half of a hand-over: signs a machine over to another reseller of the same hoster. Sends nothing. */
@NullUnmarked
@Command(
        name = "hand-over",
        description = "Signs a machine over to another reseller; he registers it with take-over.",
        mixinStandardHelpOptions = true)
final class HandOverCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Mixin
    private When when;

    @Parameters(paramLabel = "VM", description = "the machine, as it was registered")
    private String vm;

    @Option(names = "--cluster", paramLabel = "NAME", description = "where two clusters have a machine of this name")
    private String cluster;

    @Option(names = "--to", required = true, paramLabel = "RESELLER", description = "his id with the hoster")
    private String receiver;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "what you give to him, and to nobody else")
    private Path out;

    HandOverCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        Report.Writing report = new Report.Writing("hand-over");
        Optional<FileChannel> lock = place.state().lock();
        if (lock.isEmpty()) {
            return printing.print(report.problem(ExitCode.CONFLICT, "another run is under way")
                    .done());
        }
        try (FileChannel held = lock.get();
                ResellerClient client = place.client(around)) {
            client.resume();
            Optional<Remembered> machine = place.state().memory().machine(Optional.ofNullable(cluster), vm);
            if (machine.isEmpty()) {
                return printing.print(report.problem(ExitCode.NOT_FOUND, "no machine " + vm + " is registered here")
                        .done());
            }
            sign(client, machine.get(), report);
        }
        return printing.print(report.done());
    }

    /** A crash behind the signature leaves it in the ledger: the same command writes the same file. */
    private void sign(ResellerClient client, Remembered machine, Report.Writing report) throws IOException {
        String release;
        try {
            release = when.isSaid()
                    ? client.release(machine.cluster(), machine.vm(), receiver, when.instant(around))
                    : client.release(machine.cluster(), machine.vm(), receiver);
        } catch (IllegalArgumentException notHis) {
            report.problem(ExitCode.NOT_FOUND, vm + ": " + notHis.getMessage());
            return;
        }
        DurableFiles.replace(out, release.getBytes(StandardCharsets.US_ASCII));
        report.line(machine.name() + " is signed over to " + receiver + " in " + out)
                .line("take it out of your listing before the next run: what is listed is registered as yours");
    }
}
