// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.sparekey.protocol.channel.ChannelException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.tool.monitor.MonitorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sparekey} command, for everyone outside the hoster. */
@Command(
        name = "sparekey",
        description =
                "Submits and approves orders, fetches and opens evidence, verifies bundles offline, witnesses logs.",
        mixinStandardHelpOptions = true,
        version = "sparekey 0.1.0",
        subcommands = {
            VerifyCommand.class,
            OrderCommand.class,
            LawCommand.class,
            EvidenceCommand.class,
            WitnessCommand.class,
            MonitorCommand.class,
            EnrolCommand.class,
            EnrolmentCommand.class,
            LogCommand.class,
            AuthorityCommand.class,
            DelegationCommand.class,
            DeletionCommand.class,
            FrozenCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:ok",
            " 1:failed",
            " 2:wrong usage",
            " 3:partly done",
            " 4:not authorised",
            " 5:VERIFICATION FAILED, not authentic",
            " 6:not found",
            " 7:conflict",
            " 8:pending",
            " 9:deadline passed",
            "10:incomplete input, cannot decide"
        })
public final class Sparekey implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs one command; answers its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Sparekey())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command))
                .execute(args);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** One sentence on the error stream, no stack trace; the kind of failure decides the exit code. */
    private static int failed(Exception e, CommandLine command) throws Exception {
        PrintWriter err = command.getErr();
        if (e instanceof RefusedException refused) {
            err.println("refused: " + refused.problem().title() + ": "
                    + refused.problem().detail());
            return ExitCode.of(refused.problem());
        }
        if (e instanceof ChannelException channel) {
            err.println(channel.getMessage());
            return ExitCode.of(channel);
        }
        if (e instanceof EvidenceException evidence) {
            err.println(evidence.getMessage());
            return ExitCode.of(evidence.kind());
        }
        if (e instanceof MalformedException malformed) {
            err.println(malformed.reason() + (malformed.pointer().isEmpty() ? "" : " at " + malformed.pointer()));
            return ExitCode.INCOMPLETE;
        }
        if (e instanceof NoSuchFileException missing) {
            err.println("no such file: " + missing.getFile());
            return ExitCode.INCOMPLETE;
        }
        if (e instanceof IOException io) {
            err.println(io.getMessage());
            return ExitCode.FAILED;
        }
        throw e;
    }
}
