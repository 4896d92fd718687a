// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.protocol.mirror.MirrorVerdict;
import org.sparekey.protocol.mirror.MirroredEntry;

/** kill -9 of a broker with batches on their way, then the same log directory again. */
class MirrorKillTest {

    private static final int PAGES = 6;
    private static final int PAGE = 400;

    @TempDir
    Path brokerDirectory;

    @TempDir
    Path root;

    @Test
    void a_broker_killed_in_mid_stream_misses_nothing_and_the_log_goes_on_without_it() {
        try (Child broker = new Child(brokerDirectory.resolve("data"))) {
            MirrorStage mirrored = new MirrorStage(root, broker.bootstrap());
            // The second batch and the kill are on their way together.
            int[] batches = {0};
            try (Mirror mirror = mirrored.mirror(name -> {
                if (name.equals("mirror.entries-read") && ++batches[0] == 2) {
                    Thread.startVirtualThread(broker::kill);
                }
            })) {
                mirrored.stage.publish(PAGE);
                while (!away(mirror)) {
                    mirror.step();
                    mirrored.later(OriginMirror.LOOK_AGAIN);
                }
                for (int page = 1; page < PAGES; page++) {
                    mirrored.stage.publish(PAGE);
                }
                assertThat(mirrored.stage.log().from(LogName.CASE, 0, PAGES * PAGE))
                        .hasSize(PAGES * PAGE);
                mirror.step();
                assertThat(mirror.facts())
                        .anySatisfy(facts -> assertThat(facts.behind())
                                .isBetween((long) (PAGES - 1) * PAGE, (long) PAGES * PAGE - OriginMirror.MAX_BATCH));

                broker.restart();
                while (away(mirror) || mirror.facts().stream().anyMatch(facts -> facts.behind() > 0)) {
                    mirror.step();
                }
                mirrored.all(mirror);
            }
            List<Long> indices = mirrored.entries().entries().stream()
                    .map(MirroredEntry::index)
                    .toList();
            assertThat(indices.stream().distinct())
                    .containsExactlyElementsOf(
                            LongStream.range(0, PAGES * PAGE).boxed().toList());
            try (MirrorFollower follower = mirrored.follower()) {
                assertThat(MirrorStage.follow(follower)).noneMatch(MirrorVerdict.Alarm.class::isInstance);
                assertThat(follower.position().size()).isEqualTo((long) PAGES * PAGE);
            }
        }
    }

    private static boolean away(Mirror mirror) {
        return mirror.facts().stream().anyMatch(facts -> facts.state() == MirrorFacts.State.AWAY);
    }
}
