// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.joint.EnrolmentDecision;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.EnrolmentStatus;
import org.sparekey.protocol.party.Invitation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What officers and the supervisor do so that others' keys count. A statement goes from hand to hand as a file. */
@NullUnmarked
@Command(
        name = "enrolment",
        description = "Invites, shows, signs for and stops enrolments; revokes keys.",
        mixinStandardHelpOptions = true)
final class EnrolmentCommand implements Runnable {

    private static final String ENROLMENTS = "/v1/enrolments";
    private static final String JSON = "application/json";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "invite", description = "Prints the one-time code to read out; it is shown once.")
    int invite(
            @Mixin Connection connection,
            @Option(names = "--party", required = true) String party,
            @Option(names = "--person", required = true) String person,
            @Option(names = "--role", required = true) String role,
            @Option(names = "--reseller", paramLabel = "FILE", description = "a new reseller's facts, JSON")
                    Path reseller)
            throws IOException, MalformedException, RefusedException {
        Optional<Invitation.ResellerFacts> facts = reseller == null
                ? Optional.empty()
                : Optional.of(Wire.read(Files.readAllBytes(reseller), Invitation.ResellerFacts.class));
        Invitation invitation = new Invitation(Invitation.VERSION, Invitation.TYPE, party, person, role, facts);
        return post(connection, ENROLMENTS, Wire.write(invitation));
    }

    @Command(name = "show", description = "Prints how far it is and the fingerprints to compare by telephone.")
    int show(@Mixin Connection connection, @Parameters(paramLabel = "ENROLMENT") String enrolment)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            return print(status(channel, enrolment));
        }
    }

    @Command(name = "statement", description = "Writes what is to be signed, from what the gateway shows.")
    int statement(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ENROLMENT") String enrolment,
            @Option(names = "--officers", required = true, split = ",", paramLabel = "NUMBER,NUMBER")
                    List<String> officers,
            @Option(names = "--out", required = true, paramLabel = "FILE") Path out)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            EnrolmentStatus shown = status(channel, enrolment);
            EnrolmentDecision decision = new EnrolmentDecision(
                    EnrolmentDecision.VERSION,
                    EnrolmentDecision.TYPE,
                    shown.enrolment(),
                    shown.party(),
                    shown.person(),
                    shown.role(),
                    shown.claim().orElseThrow(() -> new MalformedException("", "nothing was claimed yet")),
                    shown.facts(),
                    shown.keys().stream().map(EnrolmentStatus.ClaimedKey::keyId).toList(),
                    officers,
                    Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS),
                    Connection.random(EnrolmentDecision.SALT_BYTES));
            Files.write(out, JointStatement.of(decision).bytes());
            return print(shown);
        }
    }

    @Command(name = "sign", description = "Adds your signature to a statement; shows what you sign for.")
    int sign(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException {
        JointStatement joint = JointStatement.parse(Files.readAllBytes(file));
        EnrolmentDecision decision = joint.read(EnrolmentDecision.class);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                decision.enrolment() + ": " + decision.person() + " of " + decision.party() + " as " + decision.role());
        decision.keys().forEach(key -> out.println("  " + EnrolmentStatus.groups(key)));
        out.flush();
        Files.write(file, joint.signedBy(connection.documentKey(), decision).bytes());
        return ExitCode.OK;
    }

    @Command(name = "decide", description = "Sends the signed statement.")
    int decide(
            @Mixin Connection connection,
            @Parameters(paramLabel = "ENROLMENT") String enrolment,
            @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException, RefusedException {
        return post(connection, ENROLMENTS + "/" + enrolment + "/decisions", Files.readAllBytes(file));
    }

    @Command(name = "stop", description = "Stops what does not count yet.")
    int stop(@Mixin Connection connection, @Parameters(paramLabel = "ENROLMENT") String enrolment)
            throws IOException, MalformedException, RefusedException {
        return post(connection, ENROLMENTS + "/" + enrolment + "/stops", new byte[0]);
    }

    @Command(name = "revoke", description = "Takes a key back; in force on the next request.")
    int revoke(@Mixin Connection connection, @Parameters(paramLabel = "KEY-ID") String keyId)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            Connection.granted(channel, Call.post("/v1/keys/" + keyId + "/revocations", Content.of(JSON, new byte[0])));
            return ExitCode.OK;
        }
    }

    private int post(Connection connection, String path, byte[] body)
            throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            Call call = Call.post(path, Content.of(JSON, body));
            return print(Connection.read(Connection.granted(channel, call), EnrolmentStatus.class));
        }
    }

    private static EnrolmentStatus status(Channel channel, String enrolment)
            throws IOException, MalformedException, RefusedException {
        return Connection.read(
                Connection.granted(channel, Call.get(ENROLMENTS + "/" + enrolment)), EnrolmentStatus.class);
    }

    private int print(EnrolmentStatus status) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(Wire.write(status), StandardCharsets.UTF_8));
        out.flush();
        return ExitCode.OK;
    }
}
