// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, beside another one and where no file can grow any more. */
class ProcessesTest {

    /** Machines whose batch is some hundreds of KiB. */
    private static final int FLEET = 200;

    /** Largest file in blocks of 512 bytes: nothing at all; not the ledger's table; the table and not the batch. */
    private static final List<Integer> BLOCKS = List.of(0, 60, 200);

    @TempDir
    Path directory;

    private AgentAtWork agent;

    @BeforeEach
    void begin() {
        agent = new AgentAtWork(directory);
        // The other process has the machine's clock.
        agent.later(Duration.between(agent.now(), InstantSource.system().instant()));
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void while_one_process_runs_another_does_nothing_and_says_so() throws Exception {
        agent.csv("192.0.2.10,101,customer-7,2026-11-01T00:00:00Z");
        try (var held =
                AgentState.open(directory.resolve("sparekey-agent")).lock().orElseThrow()) {
            assertThat(held.isOpen()).isTrue();
            Ended other = process(List.of(), sync());
            assertThat(other.exit()).as(other.said()).isEqualTo(ExitCode.CONFLICT);
            assertThat(other.said()).contains("another run is under way");
        }
        assertThat(agent.batches()).isZero();

        Ended alone = process(List.of(), sync());
        assertThat(alone.exit()).as(alone.said()).isEqualTo(ExitCode.OK);
        assertThat(agent.batches()).isOne();
    }

    @Test
    void on_a_full_disk_nothing_is_sent_and_nothing_lost() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to limit the size of files");
        agent.csv(fleet());
        for (int blocks : BLOCKS) {
            Ended full = process(limit(blocks), sync());
            assertThat(full.exit()).as(blocks + full.said()).isEqualTo(ExitCode.FAILED);
            assertThat(full.said()).as("one sentence and no stack trace").doesNotContain("\tat ");
            assertThat(agent.batches()).as(blocks + " blocks").isZero();
        }

        assertThat(agent.sync()).as(agent::printed).isEqualTo(ExitCode.OK);

        assertThat(agent.batches()).isOne();
        assertThat(agent.registered()).hasSize(FLEET);
        assertThat(agent.command("receipts")).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_command_that_cannot_be_written_down_says_so_and_leaves_no_half_of_itself() throws Exception {
        agent.csv(fleet());
        agent.sync();

        Ended full =
                process(limit(0), List.of("end", "7", "--config", agent.config().toString()));

        assertThat(full.exit()).as(full.said()).isEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("sparekey-agent/commands")).isEmptyDirectory();
        assertThat(agent.batches()).isOne();
        assertThat(agent.sync()).isEqualTo(ExitCode.OK);
        assertThat(agent.batches()).as("nothing was commanded").isOne();
    }

    /** What a disk that is full answers to a write, told by the kernel for this process alone. */
    private static List<String> limit(int blocks) {
        return List.of("/bin/sh", "-c", "trap '' XFSZ; ulimit -f " + blocks + "; exec \"$@\"", "sh");
    }

    private List<String> sync() {
        return List.of(
                "sync",
                "--config",
                agent.config().toString(),
                "--source",
                "csv",
                "--cluster",
                "cluster-a",
                "--file",
                directory.resolve("fleet.csv").toString());
    }

    private static String[] fleet() {
        String[] lines = new String[FLEET];
        for (int i = 0; i < FLEET; i++) {
            lines[i] = "198.51.100." + i + "," + i + ",customer-" + i % 7 + ",2026-11-01T00:00:00Z";
        }
        return lines;
    }

    private record Ended(int exit, String said) {}

    private static Ended process(List<String> before, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.sparekey.agent.Agent"));
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
