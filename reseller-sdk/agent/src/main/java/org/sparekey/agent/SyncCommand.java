// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.agent.source.SourceException;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings the registry in step with the source, once or again and again. */
@NullUnmarked
@Command(name = "sync", description = "Registers what changed since the last run.", mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {

    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(12);

    /** Each pause is up to a tenth longer, so that a hoster's resellers do not all call at the same second. */
    private static final int JITTER_ONE_IN = 10;

    private final Surroundings around;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place;

    @Mixin
    private SourceOptions source;

    @Mixin
    private Printing printing;

    @Option(names = "--every", paramLabel = "TIME", description = "go on for ever: 15m, 1h; without it, once")
    private String every;

    @Option(names = "--dry-run", description = "say what would be registered, and register nothing")
    private boolean dryRun;

    @Option(
            names = "--confirm-losses",
            paramLabel = "N",
            defaultValue = "0",
            description = "exactly N machines really are gone or lost their customer")
    private int confirmed;

    SyncCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws Exception {
        if (every == null) {
            return once();
        }
        Duration interval = interval();
        int exit;
        do {
            exit = guarded();
        } while (around.pause().goesOnAfter(jittered(interval)));
        return exit;
    }

    /** Between two runs nothing ends the command: what failed is said, and tried again. */
    private int guarded() throws Exception {
        try {
            return once();
        } catch (IOException | SourceException | MalformedException | RuntimeException e) {
            Agent.Failure failure = Agent.Failure.of(e);
            return printing.print(new Report.Writing("sync")
                    .problem(failure.exit(), failure.words())
                    .done());
        }
    }

    private int once() throws IOException, SourceException, MalformedException {
        Report.Writing report = new Report.Writing("sync");
        Sync sync = new Sync(place, around, report);
        Caution caution = new Caution(confirmed);
        if (dryRun) {
            sync.dryRun(source.open(around), caution);
            return printing.print(report.done());
        }
        Optional<FileChannel> lock = place.state().lock();
        if (lock.isEmpty()) {
            return printing.print(report.problem(ExitCode.CONFLICT, "another run is under way")
                    .done());
        }
        try (FileChannel held = lock.get();
                ProgressLine progress = printing.progress(around, "registering")) {
            sync.run(source.open(around), caution, progress);
        }
        return printing.print(report.done());
    }

    private Duration interval() {
        Duration interval = Interval.parse(every)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "--every is a time such as 15m or 1h"));
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new ParameterException(spec.commandLine(), "--every is from 1m to 12h");
        }
        return interval;
    }

    private Duration jittered(Duration interval) {
        return interval.plusMillis(around.random().nextLong(interval.toMillis() / JITTER_ONE_IN));
    }
}
