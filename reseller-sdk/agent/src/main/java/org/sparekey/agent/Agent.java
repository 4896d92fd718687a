// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.sparekey.agent.source.SourceException;
import org.sparekey.client.GatewayException;
import org.sparekey.protocol.json.MalformedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code sparekey-agent} command. */
@Command(
        name = "sparekey-agent",
        description =
                "Keeps a hoster's registry in step with the machines you rent out, without your customers' names.",
        mixinStandardHelpOptions = true,
        version = "sparekey-agent 0.1.0",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:ok",
            " 1:failed",
            " 2:wrong usage",
            " 3:partly done, or something was held back",
            " 4:not authorised",
            " 5:VERIFICATION FAILED, not authentic",
            " 6:not found",
            " 7:conflict, or another run is under way",
            " 8:pending",
            " 9:deadline passed",
            "10:incomplete input, cannot decide"
        })
public final class Agent implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private Agent() {}

    public static void main(String[] args) {
        System.exit(run(
                Surroundings.ofProcess(), new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs one command inside another program; answers its exit code and does not end the process. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(Surroundings.ofProcess(), out, err, args);
    }

    /** Runs one command; answers its exit code. */
    static int run(Surroundings around, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Agent())
                .addSubcommand(new InitCommand(around))
                .addSubcommand(new DoctorCommand(around))
                .addSubcommand(new CheckCommand(around))
                .addSubcommand(new DiffCommand(around))
                .addSubcommand(new SyncCommand(around))
                .addSubcommand(new MoveIpCommand(around))
                .addSubcommand(new EndCommand(around))
                .addSubcommand(new HandOverCommand(around))
                .addSubcommand(new TakeOverCommand(around))
                .addSubcommand(new ReceiptsCommand(around))
                .addSubcommand(new WhatTheySeeCommand(around))
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

    /** One sentence on the error stream or in the object, no stack trace; the kind of failure decides the exit code. */
    private static int failed(Exception e, CommandLine command) throws Exception {
        if (e instanceof CommandLine.ParameterException usage) {
            command.getErr().println(usage.getMessage());
            return ExitCode.USAGE;
        }
        Failure failure = Failure.of(e);
        Report report = new Report.Writing(command.getCommandName())
                .problem(failure.exit(), failure.words())
                .done();
        return Printing.print(command, report);
    }

    /** What an exception means to the person who typed the command. */
    record Failure(int exit, String words) {

        /** @throws Exception the same, when it is none that is expected */
        static Failure of(Exception e) throws Exception {
            if (e instanceof GatewayException gateway) {
                String detail = gateway.problem()
                        .map(problem -> ": " + problem.detail() + " (" + problem.instance() + ")")
                        .orElse("");
                return new Failure(ExitCode.of(gateway), words(gateway) + detail);
            }
            if (e instanceof SourceException source) {
                return new Failure(ExitCode.INCOMPLETE, words(source));
            }
            if (e instanceof MalformedException malformed) {
                String where = malformed.pointer().isEmpty() ? "" : " at " + malformed.pointer();
                return new Failure(ExitCode.INCOMPLETE, malformed.reason() + where);
            }
            if (e instanceof NoSuchFileException missing) {
                return new Failure(ExitCode.INCOMPLETE, "no such file: " + missing.getFile());
            }
            if (e instanceof IOException io) {
                return new Failure(ExitCode.FAILED, words(io));
            }
            throw e;
        }

        private static String words(Exception e) {
            String message = e.getMessage();
            return message == null ? e.getClass().getSimpleName() : message;
        }
    }
}
