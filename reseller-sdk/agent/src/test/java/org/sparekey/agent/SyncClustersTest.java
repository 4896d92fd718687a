// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Several places of one reseller, one run each, one ledger: what a run does not look at it says nothing about. */
class SyncClustersTest {

    private static final String FIRST = "192.0.2.10,901,customer-7,2026-11-01T00:00:00Z";
    private static final String SECOND = "192.0.2.11,902,customer-8,2026-11-01T00:00:00Z";

    @TempDir
    Path directory;

    private AgentAtWork agent;

    @BeforeEach
    void begin() {
        agent = new AgentAtWork(directory);
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void a_run_over_one_cluster_ends_nothing_of_another_in_either_direction() throws IOException {
        for (int round = 0; round < 3; round++) {
            agent.csv(FIRST, SECOND);
            assertThat(agent.sourceOf("cluster-b", "sync")).as(agent::printed).isEqualTo(ExitCode.OK);
            assertThat(agent.out.toString()).doesNotContain("missing");
            agent.later(Duration.ofMinutes(15));
            agent.csv(thirty());
            assertThat(agent.sourceOf("cluster-a", "sync")).as(agent::printed).isEqualTo(ExitCode.OK);
            assertThat(agent.out.toString()).doesNotContain("missing");
            agent.later(Duration.ofMinutes(15));
        }

        assertThat(agent.registered())
                .hasSize(32)
                .extracting(RegistrationRecord::event)
                .containsOnly(Event.AMEND);
        assertThat(agent.batches()).isEqualTo(2);
    }

    @Test
    void what_its_own_cluster_misses_is_still_ended_and_a_namesake_elsewhere_is_not() throws IOException {
        agent.csv(FIRST, SECOND);
        agent.sourceOf("cluster-b", "sync");
        agent.csv(FIRST.replace("192.0.2.10", "192.0.2.20"), SECOND.replace("192.0.2.11", "192.0.2.21"));
        agent.sourceOf("cluster-bb", "sync");
        agent.csv(FIRST);
        for (int run = 0; run < 2; run++) {
            agent.later(Duration.ofMinutes(15));
            assertThat(agent.sourceOf("cluster-b", "sync")).as(agent::printed).isEqualTo(ExitCode.OK);
        }

        List<String> ended = agent.registered().stream()
                .filter(record -> record.event() == Event.END)
                .map(record -> record.cluster() + "/" + record.vmId().orElse(""))
                .toList();
        assertThat(ended).containsExactly("cluster-b/902");
    }

    @Test
    void half_of_a_small_cluster_beside_a_big_one_is_half_of_a_cluster() throws IOException {
        agent.csv(thirty());
        agent.sourceOf("cluster-a", "sync");
        String[] eight = List.of(fleet(8, 100)).toArray(String[]::new);
        agent.csv(eight);
        agent.sourceOf("cluster-b", "sync");
        agent.csv(List.of(eight).subList(0, 4).toArray(String[]::new));

        assertThat(agent.sourceOf("cluster-b", "sync")).isEqualTo(ExitCode.PARTLY);

        assertThat(agent.err.toString()).contains("4 of 8 machines");
    }

    private static String[] thirty() {
        return fleet(30, 0);
    }

    private static String[] fleet(int size, int from) {
        String[] lines = new String[size];
        for (int i = 0; i < size; i++) {
            lines[i] = "198.51.100." + (from + i) + "," + (200 + i) + ",customer-7,2026-11-01T00:00:00Z";
        }
        return lines;
    }
}
