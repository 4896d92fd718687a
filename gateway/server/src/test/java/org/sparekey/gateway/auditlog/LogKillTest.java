// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of deaths with real processes and SIGKILL: a process that appends is killed at every place of the table, the
 * next comes up on what it left, three witnesses watch. Under -Plong a thousand times; interrupted, that run goes on where
 * it was when it is started again.
 */
class LogKillTest {

    /** The one wall-clock promise of the log: it is back this soon. */
    private static final Duration RESTART_AT_MOST = Duration.ofSeconds(10);

    private static final int MANY = 1000;
    private static final int ROUND = 20;
    private static final int PASSES = 6;
    private static final Path PROGRESS = Path.of("target/log-kills.progress");

    @TempDir
    Path root;

    @Test
    void a_process_killed_at_every_place_of_the_table_loses_doubles_and_forks_nothing() throws Exception {
        try (LogKills kills = new LogKills(root)) {
            for (String place : LogKills.PLACES) {
                assertThat(kills.kill(place, 2)).as("restart before " + place).isLessThanOrEqualTo(RESTART_AT_MOST);
                kills.look();
            }
            assertThat(kills.killed()).isEqualTo(LogKills.PLACES.size());
            assertThat(kills.promises()).isGreaterThan(LogKills.PLACES.size());
            kills.check();
        }
    }

    /** Every twenty kills the whole log is checked and a new one is begun, under a seed that is printed. */
    @Test
    void a_thousand_kills_at_places_drawn_by_seed() throws Exception {
        if (!Boolean.getBoolean("sparekey.long")) {
            return;
        }
        for (int done = done(); done < MANY; done = done()) {
            long seed = 20_261_123L + done;
            System.out.println("log kills: " + done + " of " + MANY + ", seed " + seed);
            SplittableRandom draw = new SplittableRandom(seed);
            try (LogKills kills = new LogKills(Files.createDirectories(root.resolve("from-" + done)))) {
                for (int i = 0; i < ROUND; i++) {
                    String place = LogKills.PLACES.get(draw.nextInt(LogKills.PLACES.size()));
                    assertThat(kills.kill(place, 1 + draw.nextInt(PASSES)))
                            .as("restart before " + place)
                            .isLessThanOrEqualTo(RESTART_AT_MOST);
                    kills.look();
                }
                kills.check();
            }
            Files.writeString(PROGRESS, Integer.toString(done + ROUND));
        }
    }

    private static int done() throws IOException {
        return Files.exists(PROGRESS)
                ? Integer.parseInt(Files.readString(PROGRESS).strip())
                : 0;
    }
}
