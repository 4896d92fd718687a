// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.mirror.MirrorFault;
import org.sparekey.protocol.mirror.MirrorPosition;
import org.sparekey.protocol.mirror.MirrorVerdict;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * {@code gateway follow}: what somebody outside runs, with public keys alone. It starts nothing of a gateway: no database,
 * no listener, no key.
 */
public final class FollowCommand {

    public static final String USAGE = """
        usage: gateway follow --log VKEY-FILE --kafka PROPERTIES-FILE [--policy POLICY-FILE] [--position FILE] [--once]
          --log       the log's public key, one line, from somebody you trust
          --kafka     properties of a Kafka client: bootstrap.servers and what the brokers ask for
          --policy    a tlog-policy: which witnesses must have cosigned
          --position  where to keep what was verified, to go on from there
          --once      end when everything that Kafka has now is judged
        Exit codes: 0 all verified, 1 failed, 2 usage, 5 an alarm.
        """;

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int NOT_AUTHENTIC = 5;
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final String ONCE = "--once";
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final PrintStream out;
    private final PrintStream err;
    private boolean alarmed;

    public FollowCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** @return the exit code; without {@code --once} only when the follower cannot go on */
    public int run(List<String> arguments) {
        Map<String, String> options = options(arguments);
        if (!options.containsKey("--log") || !options.containsKey("--kafka")) {
            err.print(USAGE);
            return MISUSED;
        }
        try (MirrorFollower follower = open(options)) {
            return follow(follower, options.get("--position"), options.containsKey(ONCE));
        } catch (IOException | MalformedException | IllegalArgumentException e) {
            err.println("Cannot begin: " + e.getMessage());
        } catch (KafkaException e) {
            err.println("Kafka does not answer as it should: " + e.getMessage());
        }
        return FAILED;
    }

    private int follow(MirrorFollower follower, @Nullable String kept, boolean once) throws IOException {
        MirrorPosition last = follower.position();
        OptionalLong missing = OptionalLong.empty();
        do {
            follower.step(WAIT).forEach(this::tell);
            OptionalLong before = missing;
            missing = follower.level() ? follower.missing() : OptionalLong.empty();
            if (missing.isPresent() && !missing.equals(before)) {
                tell(new MirrorVerdict.Alarm(
                        MirrorFault.CUT_OFF,
                        follower.position().size(),
                        "the log signed " + missing.getAsLong() + " entries, and the topic ends before"));
            }
            if (kept != null && !follower.position().equals(last)) {
                last = follower.position();
                keep(Path.of(kept), last);
            }
        } while (follower.stopped().isEmpty() && !(once && follower.level()));
        out.println(follower.position().origin() + ": " + follower.position().size() + " entries verified");
        return alarmed ? NOT_AUTHENTIC : OK;
    }

    private void tell(MirrorVerdict verdict) {
        switch (verdict) {
            case MirrorVerdict.Followed followed ->
                followed.verified().ifPresent(head -> out.println("verified " + head.size() + " " + head.root()));
            case MirrorVerdict.Repeated _ -> {
                // A gateway that was not answered sends again.
            }
            case MirrorVerdict.Alarm alarm -> {
                alarmed = true;
                err.println("ALARM " + alarm.fault().text() + " at " + alarm.at() + ": " + alarm.reason());
            }
        }
    }

    private static MirrorFollower open(Map<String, String> options) throws IOException, MalformedException {
        NoteKey log = NoteKey.parse(read(options, "--log").strip());
        WitnessPolicy policy =
                options.containsKey("--policy") ? WitnessPolicy.parse(read(options, "--policy")) : WitnessPolicy.NONE;
        Map<String, String> kafka = properties(Path.of(options.getOrDefault("--kafka", "")));
        String servers = kafka.get(BOOTSTRAP);
        if (servers == null) {
            throw new IllegalArgumentException(BOOTSTRAP + " is not set");
        }
        return new MirrorFollower(List.of(servers.split(",")), kafka, log, policy, position(options, log));
    }

    private static MirrorPosition position(Map<String, String> options, NoteKey log)
            throws IOException, MalformedException {
        String kept = options.get("--position");
        return kept == null || Files.notExists(Path.of(kept))
                ? MirrorPosition.start(log.name())
                : MirrorPosition.parse(Files.readAllBytes(Path.of(kept)));
    }

    /** A crash in between leaves the older position: what came since is judged once more. */
    private static void keep(Path file, MirrorPosition position) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        Files.write(beside, position.bytes());
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        }
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }

    private static String read(Map<String, String> options, String name) throws IOException {
        return Files.readString(Path.of(options.getOrDefault(name, "")));
    }

    /** Names and values; empty, which is a misuse, when something else is there. */
    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int at = 0; at < arguments.size(); at++) {
            String name = arguments.get(at);
            boolean alone = name.equals(ONCE);
            if (!List.of("--log", "--kafka", "--policy", "--position", ONCE).contains(name)
                    || !alone && at + 1 == arguments.size()) {
                return Map.of();
            }
            options.put(name, alone ? "" : arguments.get(++at));
        }
        return options;
    }
}
