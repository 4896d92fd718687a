// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.LogClosure;
import org.sparekey.protocol.joint.LogResumption;
import org.sparekey.protocol.joint.LogStanding;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What two officers do with a log that has stopped: one makes the statement from what the gateway shows, both sign it, each
 * on his own machine, and either sends it. The statement goes from hand to hand as a file.
 */
@NullUnmarked
@Command(
        name = "log",
        description = "Shows a stopped log; makes, signs and sends two officers' word to resume or close it.",
        mixinStandardHelpOptions = true)
final class LogCommand implements Runnable {

    private static final String JSON = "application/json";
    private static final String LOG = "registry|case";

    @Spec
    private CommandSpec spec;

    /** What both statements need. */
    static final class Word {
        @Option(
                names = "--officers",
                required = true,
                split = ",",
                paramLabel = "NUMBER,NUMBER",
                description = "who signs")
        private List<String> officers;

        @Option(
                names = "--explanation",
                required = true,
                paramLabel = "TEXT",
                description = "what happened; no personal data: it is kept for ever")
        private String explanation;

        @Option(names = "--origin", paramLabel = "ORIGIN", description = "which, where the gateway shows several")
        private String origin;

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the statement is written")
        private Path out;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "show", description = "Prints how far it is, what is stopped and what is missing.")
    int show(@Mixin Connection connection, @Parameters(paramLabel = LOG) String log)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            print(Wire.write(standing(channel, log)));
            return ExitCode.OK;
        }
    }

    @Command(name = "resume", description = "Writes what is to be signed, once the database is rebuilt.")
    int resume(@Mixin Connection connection, @Mixin Word word, @Parameters(paramLabel = LOG) String log)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            LogStanding.Stopped shown = one(standing(channel, log).stoppedShards(), word, LogStanding.Stopped::origin);
            return write(
                    word,
                    new LogResumption(
                            LogResumption.VERSION,
                            LogResumption.TYPE,
                            shown.origin(),
                            shown.size(),
                            shown.root(),
                            shown.stopped(),
                            word.explanation,
                            word.officers,
                            now(),
                            Connection.random(OfficersStatement.SALT_BYTES)));
        }
    }

    @Command(name = "close", description = "Writes what is to be signed where signed entries cannot be brought back.")
    int close(@Mixin Connection connection, @Mixin Word word, @Parameters(paramLabel = LOG) String log)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            LogStanding.Missing shown = one(standing(channel, log).missing(), word, LogStanding.Missing::origin);
            return write(
                    word,
                    new LogClosure(
                            LogClosure.VERSION,
                            LogClosure.TYPE,
                            shown.origin(),
                            shown.next(),
                            shown.size(),
                            shown.root(),
                            shown.held(),
                            word.explanation,
                            word.officers,
                            now(),
                            Connection.random(OfficersStatement.SALT_BYTES)));
        }
    }

    @Command(name = "sign", description = "Adds your signature to a statement; shows what you sign for.")
    int sign(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException {
        JointStatement joint = JointStatement.parse(Files.readAllBytes(file));
        OfficersStatement said = said(joint);
        print(joint.statement().array());
        Files.write(file, joint.signedBy(connection.documentKey(), said).bytes());
        return ExitCode.OK;
    }

    @Command(name = "send", description = "Sends the signed statement; prints what became of the log.")
    int send(
            @Mixin Connection connection,
            @Parameters(paramLabel = LOG) String log,
            @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException, RefusedException {
        byte[] signed = Files.readAllBytes(file);
        boolean closes = said(JointStatement.parse(signed)) instanceof LogClosure;
        String path = "/v1/log/" + log + (closes ? "/closures" : "/resumptions");
        try (Channel channel = connection.open()) {
            print(Connection.granted(channel, Call.post(path, Content.of(JSON, signed)))
                    .content()
                    .array());
            return ExitCode.OK;
        }
    }

    /** Nothing else is signed by this command: an officer who is handed another statement does not sign it here. */
    private static OfficersStatement said(JointStatement joint) throws MalformedException {
        String type = Wire.tree(joint.statement().array()).path("type").asString("");
        return switch (type) {
            case LogResumption.TYPE -> joint.read(LogResumption.class);
            case LogClosure.TYPE -> joint.read(LogClosure.class);
            default ->
                throw new MalformedException("/type", "neither " + LogResumption.TYPE + " nor " + LogClosure.TYPE);
        };
    }

    private static LogStanding standing(Channel channel, String log)
            throws IOException, MalformedException, RefusedException {
        return Connection.read(
                Connection.granted(channel, Call.get("/v1/log/" + log + "/standing")), LogStanding.class);
    }

    private static <T> T one(List<T> shown, Word word, Function<T, String> origin) throws MalformedException {
        Predicate<T> meant = each -> word.origin == null || word.origin.equals(origin.apply(each));
        List<T> found = shown.stream().filter(meant).toList();
        if (found.size() != 1) {
            throw new MalformedException(
                    "",
                    found.isEmpty()
                            ? "the gateway shows nothing of the kind"
                            : "several, say which with --origin: "
                                    + String.join(
                                            ", ", found.stream().map(origin).toList()));
        }
        return found.get(0);
    }

    private int write(Word word, OfficersStatement statement) throws IOException {
        JointStatement joint = JointStatement.of(statement);
        Files.write(word.out, joint.bytes());
        print(joint.statement().array());
        return ExitCode.OK;
    }

    private static Instant now() {
        return Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void print(byte[] json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(json, StandardCharsets.UTF_8));
        out.flush();
    }
}
