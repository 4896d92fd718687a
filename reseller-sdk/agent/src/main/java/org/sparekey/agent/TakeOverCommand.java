// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.agent.source.SourceException;
import org.sparekey.client.ResellerClient;
import org.sparekey.client.Vps;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.HandOverRelease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The receiver's half of a hand-over: registers a machine that another reseller signed over, as the source lists it. */
@NullUnmarked
@Command(
        name = "take-over",
        description = "Registers a machine that another reseller signed over to you.",
        mixinStandardHelpOptions = true)
final class TakeOverCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private SourceOptions source;

    @Mixin
    private Printing printing;

    @Parameters(paramLabel = "VM", description = "the machine, as your source lists it")
    private String vm;

    @Option(names = "--release", required = true, paramLabel = "FILE", description = "what the other reseller signed")
    private Path release;

    @Option(names = "--same-customer", description = "the same customer stays on the same disk")
    private boolean sameCustomer;

    TakeOverCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException, SourceException {
        Report.Writing report = new Report.Writing("take-over");
        String signed = Files.readString(release, StandardCharsets.US_ASCII).strip();
        Instant at = HandOverRelease.read(SignedDocument.parse(signed)).at();
        Optional<FileChannel> lock = place.state().lock();
        if (lock.isEmpty()) {
            return printing.print(report.problem(ExitCode.CONFLICT, "another run is under way")
                    .done());
        }
        try (FileChannel held = lock.get()) {
            List<Vps> listed = source.open(around).list().machines().stream()
                    .filter(machine -> machine.vm().equals(vm))
                    .toList();
            if (listed.size() == 1) {
                takeOver(Remembered.of(listed.get(0), at, around.clock().instant()), signed, report);
            } else {
                report.problem(ExitCode.NOT_FOUND, "the source lists " + listed.size() + " machines " + vm);
            }
        }
        return printing.print(report.done());
    }

    /** Remembered last: a crash before that lets the next run find in the ledger that nothing is to be sent. */
    private void takeOver(Remembered machine, String signed, Report.Writing report)
            throws IOException, MalformedException {
        try (ResellerClient client = place.client(around)) {
            client.resume();
            if (new Registering(client, report).takenOver(machine.vps(false), signed, sameCustomer)) {
                Memory memory = place.state().memory();
                memory.say(machine);
                place.state().memory(memory);
            }
        }
    }
}
