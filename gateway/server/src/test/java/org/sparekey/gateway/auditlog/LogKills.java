// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.SignedNote;

/** Kills one process after another on the same log, and remembers what each had promised. */
final class LogKills implements AutoCloseable {

    /** In the order of a step, the witness's answer among them. */
    static final List<String> PLACES = List.of(
            LogProcess.AFTER_COMMIT,
            "log.sequencing",
            "log.sequenced",
            "log.guarded",
            "log.signed",
            "log.offering",
            "log.answered",
            "log.tile-published",
            "log.tiles-published",
            "log.checkpoint-published");

    private final Path root;
    private final LogFixture fixture;
    private final WitnessTrio witnesses;
    private final Set<Digest> committed = new HashSet<>();
    private final Map<Digest, Long> recorded = new HashMap<>();
    private final List<Checkpoint> shown = new ArrayList<>();
    private int killed;

    LogKills(Path root) {
        this.root = root;
        this.fixture = new LogFixture(root);
        this.witnesses = new WitnessTrio(fixture.caseKey(), InstantSource.system());
        fixture.start();
        fixture.policy(witnesses.policy());
    }

    /**
     * @param passes how often the process passes the place before it dies there
     * @return how long the log took to come up on what the one before had left; nothing when it died before
     */
    Duration kill(String place, int passes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogProcess.class.getName(),
                        fixture.access.url(),
                        root.toString(),
                        place,
                        Integer.toString(passes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            return listen(said, place, process);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Duration listen(BufferedReader said, String place, Process process) throws IOException {
        Duration up = Duration.ZERO;
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LogProcess.COMMITTED)) {
                committed.add(Digest.parse(line.substring(LogProcess.COMMITTED.length())));
            } else if (line.startsWith(LogProcess.RECORDED)) {
                String[] words = line.split(" ");
                recorded.put(Digest.parse(words[1]), Long.parseLong(words[2]));
            } else if (line.startsWith(LogProcess.UP)) {
                up = Duration.ofMillis(Long.parseLong(line.substring(LogProcess.UP.length())));
            } else if (line.equals(LogProcess.REACHED)) {
                // SIGKILL: no hook runs, nothing is flushed. What was said before is still read to the end.
                process.toHandle().destroyForcibly();
                killed++;
            } else {
                throw new AssertionError("before " + place + ": " + line);
            }
        }
        return up;
    }

    int killed() {
        return killed;
    }

    /** What anybody could have seen after the kill. */
    void look() throws MalformedException {
        PublishedFiles files = new PublishedFiles(fixture.directory.resolve("case/2026"), fixture.caseKey());
        if (files.checkpoint().isPresent()) {
            shown.add(
                    Checkpoint.parse(SignedNote.parse(files.checkpoint().get()).text()));
        }
    }

    int promises() {
        return committed.size() + recorded.size();
    }

    /** Finds every promise kept in the log as it is after one more start: nothing lost, nothing twice, no fork. */
    void check() {
        AuditLog log = fixture.start();
        if (log.stopped().isPresent()) {
            throw new AssertionError("stopped: " + log.stopped().get());
        }
        LogFixture.all(log);
        List<Digest> leaves = LogFixture.audit(log);
        Map<Digest, Long> places = new HashMap<>();
        Map<Long, Digest> roots = new HashMap<>();
        CompactTree tree = CompactTree.empty();
        for (Digest leaf : leaves) {
            if (places.put(leaf, tree.size()) != null) {
                throw new AssertionError("entered twice: " + leaf);
            }
            tree.append(leaf);
            roots.put(tree.size(), tree.root());
        }
        if (!places.keySet().containsAll(committed)) {
            throw new AssertionError("an entry whose transaction had committed is lost");
        }
        recorded.forEach((leaf, index) -> {
            if (!index.equals(places.get(leaf))) {
                throw new AssertionError("acknowledged at " + index + ", found at " + places.get(leaf));
            }
        });
        for (Checkpoint head : shown) {
            if (!head.root().equals(roots.get(head.size()))) {
                throw new AssertionError("two histories of " + head.size() + " entries");
            }
        }
    }

    @Override
    public void close() {
        witnesses.close();
    }
}
