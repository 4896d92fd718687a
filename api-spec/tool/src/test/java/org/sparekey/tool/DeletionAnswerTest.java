// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.deletion.DeletedAsset;
import org.sparekey.protocol.deletion.DeletionPermit;
import org.sparekey.protocol.deletion.DeletionPermit.Act;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;

/** The one line that a script gets, and hands to a command that destroys. */
class DeletionAnswerTest {

    private static final Instant NOW = Instant.parse("2026-12-10T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-10T00:10:00Z");

    @Test
    void a_permit_is_one_line_of_six_words() throws MalformedException {
        assertThat(DeletionCommand.answer(permit(Act.DELETE, Optional.empty(), Optional.of("vps-1.nl:2_b")), NOW))
                .isEqualTo("DELETE 1 2026-12-10T00:10:00.000Z ams-1 - vps-1.nl:2_b");
    }

    @Test
    void a_name_that_a_command_could_take_for_an_option_or_a_folder_is_refused() {
        for (String name : List.of("..", ".", "-rf", "--all", "-", "_x", ":1", "a b", "a/b", "*", "a\nb", "é")) {
            refused("/asset/vmId", permit(Act.DELETE, Optional.empty(), Optional.of(name)));
            refused("/asset/uuid", permit(Act.MOVE_TO_QUARANTINE, Optional.of(name), Optional.of("101")));
        }
    }

    @Test
    void a_permit_that_names_no_machine_or_has_ended_is_refused() {
        refused("/asset", permit(Act.DELETE, Optional.empty(), Optional.empty()));
        DeletionPermit permit = permit(Act.DELETE, Optional.empty(), Optional.of("101"));
        assertThatThrownBy(() -> DeletionCommand.answer(permit, UNTIL))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("has ended");
    }

    private static void refused(String pointer, DeletionPermit permit) {
        assertThatThrownBy(() -> DeletionCommand.answer(permit, NOW))
                .isInstanceOfSatisfying(
                        MalformedException.class, e -> assertThat(e.pointer()).isEqualTo(pointer));
    }

    private static DeletionPermit permit(Act act, Optional<String> uuid, Optional<String> vmId) {
        DeletedAsset asset = new DeletedAsset("ams-1", uuid, vmId, Optional.of("vps-invented-000001"));
        return new DeletionPermit(
                DeletionPermit.VERSION,
                DeletionPermit.TYPE,
                "DEL-0000-0001",
                asset,
                act,
                1,
                UNTIL,
                Bytes.of(new byte[32]));
    }
}
