// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import org.sparekey.protocol.channel.Answer;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.ChannelConfiguration;
import org.sparekey.protocol.channel.Content;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** A client in a process of its own, so that what it spends on signing and verifying is not counted as the gateway's. */
public final class Asker implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    private Asker(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Asker start(Path configuration, int rows, Instant now) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asker.class.getName(),
                        configuration.toString(),
                        Integer.toString(rows),
                        now.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Asker(process);
    }

    /** Asks so often, one after the other. */
    void ask(String path, int times) throws IOException {
        orders.println(path + " " + times);
        String said = answers.readLine();
        if (!"done".equals(said)) {
            throw new IllegalStateException("the asking process said " + said + ", " + process);
        }
    }

    @Override
    public void close() {
        orders.close();
        process.destroy();
    }

    /** Configuration, rows, now; then lines of a path and how often it is to be asked. */
    public static void main(String[] args) throws IOException, MalformedException {
        Path file = Path.of(args[0]);
        ChannelConfiguration configuration = ChannelConfiguration.load(file);
        PastYears years = new PastYears(Integer.parseInt(args[1]), Instant.parse(args[2]));
        SplittableRandom random = new SplittableRandom(1);
        try (Channel channel = Channel.open(
                        configuration, configuration.keys(file.resolveSibling("")), Sources.clock(), Sources.random());
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                String[] order = line.split(" ");
                for (int n = 0; n < Integer.parseInt(order[1]); n++) {
                    Content target = Content.of("application/json", Wire.write(years.ask(random)));
                    channel.send(Call.post(order[0], target)).match(Answer.Granted::status, refused -> {
                        throw new IllegalStateException("refused: " + refused.problem());
                    });
                }
                System.out.println("done");
            }
        }
    }
}
