// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.approval.Decision;
import org.sparekey.protocol.approval.Delegation;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who fills an officer's seat while he is away. */
@NullUnmarked
@Command(
        name = "delegation",
        description = "Signs and sends an officer's delegation for his absence; lists and revokes them.",
        mixinStandardHelpOptions = true)
final class DelegationCommand implements Runnable {

    private static final String PATH = "/v1/delegations";

    @Spec
    private CommandSpec spec;

    /** What the officer says. */
    static final class Word {
        @Option(names = "--officer", required = true, paramLabel = "NUMBER", description = "your number")
        private String officer;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "PARTY/NUMBER",
                description = "whose person fills your seat, and his number, such as raadsman-voorbeeld/c-1")
        private String delegate;

        @Option(names = "--from", paramLabel = "TIME", description = "when it begins (default: now)")
        private Instant from;

        @Option(names = "--until", required = true, paramLabel = "TIME", description = "when it ends: 28 days at most")
        private Instant until;

        @Option(
                names = "--decisions",
                split = ",",
                defaultValue = "SECURE,RELEASE,REFUSE",
                description = "what he may say in your place (default: ${DEFAULT-VALUE})")
        private List<Decision> decisions;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "give", description = "Signs and sends a delegation; prints it and its digest.")
    int give(@Mixin Connection connection, @Mixin Word word) throws IOException, MalformedException, RefusedException {
        Delegation said = said(connection, word);
        SignedDocument signed = SignedDocument.sign(
                Delegation.TYPE, Wire.write(said), connection.documentKey(), Connection.CLOCK.instant());
        Content body = Content.of("application/jose", signed.compact().getBytes(StandardCharsets.US_ASCII));
        try (Channel channel = connection.open()) {
            return print(Connection.granted(channel, Call.post(PATH, body)));
        }
    }

    @Command(name = "list", description = "Prints the newest; an outside co-approver sees those that name him.")
    int list(@Mixin Connection connection) throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return print(Connection.granted(channel, Call.get(PATH)));
        }
    }

    @Command(name = "revoke", description = "Ends a delegation, from the next request on.")
    int revoke(@Mixin Connection connection, @Parameters(paramLabel = "DIGEST") String delegation)
            throws IOException, MalformedException, RefusedException {
        Content nothing = Content.of("application/json", "{}".getBytes(StandardCharsets.US_ASCII));
        try (Channel channel = connection.open()) {
            return print(Connection.granted(channel, Call.post(PATH + "/" + delegation + "/revocations", nothing)));
        }
    }

    private static Delegation said(Connection connection, Word word) throws IOException, MalformedException {
        int slash = word.delegate.indexOf('/');
        if (slash < 1) {
            throw new MalformedException("", "--to is a party and a number, such as raadsman-voorbeeld/c-1");
        }
        Instant from = word.from == null ? Connection.CLOCK.instant() : word.from;
        try {
            return new Delegation(
                    Delegation.VERSION,
                    Delegation.TYPE,
                    connection.gateway(),
                    word.officer,
                    word.delegate.substring(0, slash),
                    word.delegate.substring(slash + 1),
                    from.truncatedTo(ChronoUnit.MILLIS),
                    word.until.truncatedTo(ChronoUnit.MILLIS),
                    word.decisions,
                    Connection.random(Delegation.SALT_BYTES));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", String.valueOf(e.getMessage()));
        }
    }

    private int print(Answer.Granted answer) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(answer.content().array(), StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }
}
