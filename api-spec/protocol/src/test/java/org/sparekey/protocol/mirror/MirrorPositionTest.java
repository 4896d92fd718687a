// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.MalformedException;

class MirrorPositionTest {

    static MirrorPosition throughText(MirrorPosition position) {
        try {
            MirrorPosition read = MirrorPosition.parse(position.bytes());
            assertThat(read).isEqualTo(position);
            assertThat(read.bytes()).isEqualTo(position.bytes());
            return read;
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_position_is_written_and_read_to_the_byte() {
        throughText(MirrorPosition.start("log.hoster.example/log/case/2026"));
    }

    @Test
    void a_position_whose_size_was_edited_is_refused() {
        String text = new String(
                MirrorPosition.start("log.hoster.example/log/case/2026").bytes(), StandardCharsets.UTF_8);
        byte[] edited = text.replace("\"size\":0", "\"size\":1").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MirrorPosition.parse(edited)).isInstanceOf(MalformedException.class);
    }

    @Test
    void an_origin_becomes_two_topics_or_is_refused() {
        assertThat(MirrorTopics.of("log.hoster.example/log/case/2026"))
                .isEqualTo(new MirrorTopics(
                        "sparekey.log.hoster.example.log.case.2026.entries",
                        "sparekey.log.hoster.example.log.case.2026.checkpoints"));
        assertThatThrownBy(() -> MirrorTopics.of("log.hoster.example:8444/log/case/2026"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MirrorTopics.of("log_hoster/log/case/2026"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
