// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.joint.FrozenOrders;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What two officers do with an order that was frozen behind its log: one makes the statement from what the gateway shows,
 * both sign it, each on his own machine, and either sends it.
 */
@NullUnmarked
@Command(
        name = "frozen",
        description = "Shows orders that are frozen behind their log; makes, signs and sends two officers' word.",
        mixinStandardHelpOptions = true)
final class FrozenCommand implements Runnable {

    private static final String PATH = "/v1/frozen-orders";
    private static final String JSON = "application/json";

    @Spec
    private CommandSpec spec;

    /** What the statement says beside what the gateway shows. */
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

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the statement is written")
        private Path out;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "show", description = "Prints which orders are frozen, why, and what may become of each.")
    int show(@Mixin Connection connection) throws IOException, MalformedException, RefusedException {
        try (Channel channel = connection.open()) {
            print(Wire.write(shown(channel)));
            return ExitCode.OK;
        }
    }

    @Command(name = "thaw", description = "Writes what two officers are to sign for one of them.")
    int thaw(@Mixin Connection connection, @Mixin Word word, @Parameters(paramLabel = "ORDER") String order)
            throws IOException, MalformedException, RefusedException {
        FrozenOrders.Frozen frozen;
        try (Channel channel = connection.open()) {
            frozen = shown(channel).orders().stream()
                    .filter(each -> each.order().equals(order))
                    .findFirst()
                    .orElseThrow(() -> new MalformedException("", order + " is not frozen"));
        }
        JointStatement joint = JointStatement.of(said(word, frozen));
        Files.write(word.out, joint.bytes());
        print(joint.statement().array());
        return ExitCode.OK;
    }

    @Command(name = "sign", description = "Adds your signature to the statement; shows what you sign for.")
    int sign(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException {
        JointStatement joint = JointStatement.parse(Files.readAllBytes(file));
        OrderThaw said = joint.read(OrderThaw.class);
        print(joint.statement().array());
        Files.write(file, joint.signedBy(connection.documentKey(), said).bytes());
        return ExitCode.OK;
    }

    @Command(name = "send", description = "Sends the signed statement; prints what became of the order.")
    int send(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file)
            throws IOException, MalformedException, RefusedException {
        byte[] signed = Files.readAllBytes(file);
        String order = JointStatement.parse(signed).read(OrderThaw.class).order();
        try (Channel channel = connection.open()) {
            print(Connection.granted(channel, Call.post(PATH + "/" + order + "/thaws", Content.of(JSON, signed)))
                    .content()
                    .array());
            return ExitCode.OK;
        }
    }

    private static OrderThaw said(Word word, FrozenOrders.Frozen frozen) throws MalformedException {
        if (frozen.entry().isEmpty() || frozen.outcome().isEmpty()) {
            throw new MalformedException("", "the log has not recorded yet that " + frozen.order() + " is frozen");
        }
        try {
            return new OrderThaw(
                    OrderThaw.VERSION,
                    OrderThaw.TYPE,
                    frozen.order(),
                    frozen.orderDigest(),
                    frozen.entry().get(),
                    frozen.outcome().get(),
                    word.explanation,
                    word.officers,
                    Connection.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS),
                    Connection.random(OfficersStatement.SALT_BYTES));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", String.valueOf(e.getMessage()));
        }
    }

    private static FrozenOrders shown(Channel channel) throws IOException, MalformedException, RefusedException {
        return Connection.read(Connection.granted(channel, Call.get(PATH)), FrozenOrders.class);
    }

    private void print(byte[] json) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(new String(json, StandardCharsets.UTF_8));
        out.flush();
    }
}
