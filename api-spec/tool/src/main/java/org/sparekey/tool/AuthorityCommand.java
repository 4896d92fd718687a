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
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.joint.AuthorityResumption;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.AuthorityReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What officers and the supervisor do with an authority that may be somebody else's. One suspends it, at once; two officers and
 * the supervisor sign for serving it again, over one file that goes from hand to hand.
 */
@NullUnmarked
@Command(
        name = "authority",
        description =
                "Suspends an authority, reports all it was given; makes, signs and sends the word to serve it again.",
        mixinStandardHelpOptions = true)
final class AuthorityCommand implements Runnable {

    private static final String JSON = "application/json";
    private static final String ID = "AUTHORITY";

    @Spec
    private CommandSpec spec;

    /** What the statement says beside what the gateway shows. */
    static final class Word {
        @Option(
                names = "--officers",
                required = true,
                split = ",",
                paramLabel = "NUMBER,NUMBER",
                description = "the two officers who sign; the supervisor signs too")
        private List<String> officers;

        @Option(
                names = "--explanation",
                required = true,
                paramLabel = "TEXT",
                description = "what happened; no personal data: it is kept for ever")
        private String explanation;

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the statement is written")
        private Path out;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "report", description = "Prints everything it ever sent and was given.")
    int report(@Mixin Connection connection, @Parameters(paramLabel = ID) String authority)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            print(Wire.write(report(channel, authority)));
            return ExitCode.OK;
        }
    }

    @Command(
            name = "suspend",
            description = "It submits nothing and is shown and given nothing, from the next request on.")
    int suspend(@Mixin Connection connection, @Parameters(paramLabel = ID) String authority)
            throws IOException, MalformedException, RefusedException {
        Content nothing = Content.of(JSON, "{}".getBytes(StandardCharsets.US_ASCII));
        try (Channel channel = connection.open()) {
            print(Connection.granted(channel, Call.post(path(authority, "suspensions"), nothing))
                    .content()
                    .array());
            return ExitCode.OK;
        }
    }

    @Command(name = "resume", description = "Writes what two officers and the supervisor are to sign.")
    int resume(@Mixin Connection connection, @Mixin Word word, @Parameters(paramLabel = ID) String authority)
            throws IOException, MalformedException, RefusedException {
        Instant suspended;
        try (Channel channel = connection.open()) {
            suspended = report(channel, authority)
                    .suspendedAt()
                    .orElseThrow(() -> new MalformedException("", authority + " is not suspended"));
        }
        JointStatement joint = JointStatement.of(said(word, authority, suspended));
        Files.write(word.out, joint.bytes());
        print(joint.statement().array());
        return ExitCode.OK;
    }

    @Command(name = "sign", description = "Adds your signature to the statement; shows what you sign for.")
    int sign(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException {
        JointStatement joint = JointStatement.parse(Files.readAllBytes(file));
        AuthorityResumption said = joint.read(AuthorityResumption.class);
        print(joint.statement().array());
        Files.write(file, joint.signedBy(connection.documentKey(), said).bytes());
        return ExitCode.OK;
    }

    @Command(name = "send", description = "Sends the signed statement; prints the authority's report.")
    int send(
            @Mixin Connection connection,
            @Parameters(paramLabel = ID) String authority,
            @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException, RefusedException {
        Content signed = Content.of(JSON, Files.readAllBytes(file));
        try (Channel channel = connection.open()) {
            print(Connection.granted(channel, Call.post(path(authority, "resumptions"), signed))
                    .content()
                    .array());
            return ExitCode.OK;
        }
    }

    private static AuthorityResumption said(Word word, String authority, Instant suspended) throws MalformedException {
        try {
            return new AuthorityResumption(
                    AuthorityResumption.VERSION,
                    AuthorityResumption.TYPE,
                    authority,
                    suspended,
                    word.explanation,
                    word.officers,
                    Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS),
                    Connection.random(OfficersStatement.SALT_BYTES));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", String.valueOf(e.getMessage()));
        }
    }

    private static AuthorityReport report(Channel channel, String authority)
            throws IOException, MalformedException, RefusedException {
        return Connection.read(Connection.granted(channel, Call.get(path(authority, "report"))), AuthorityReport.class);
    }

    private static String path(String authority, String what) {
        return "/v1/authorities/" + authority + "/" + what;
    }

    private void print(byte[] json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(json, StandardCharsets.UTF_8));
        out.flush();
    }
}
