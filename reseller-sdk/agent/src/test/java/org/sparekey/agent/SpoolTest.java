// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final String HINT =
            "{\"v\":1,\"type\":\"spool-event\",\"event\":\"CHANGED\",\"vm\":\"101\",\"at\":\"2026-11-23T12:00:00.000Z\"}";
    private static final String END = HINT.replace("CHANGED", "END");

    @TempDir
    Path directory;

    private Path files = Path.of("");
    private Spool hooks;

    @BeforeEach
    void open() throws IOException {
        files = directory.resolve("spool");
        hooks = Spool.ofHooks(files);
    }

    @Test
    void what_is_put_in_comes_out_in_the_order_of_time_and_only_until_it_is_done() throws IOException {
        Spool commands = Spool.ofCommands(directory.resolve("commands"));
        SecureRandom random = new SecureRandom();
        commands.put(end("102", "2026-11-23T12:00:01Z"), random);
        commands.put(end("101", "2026-11-23T12:00:00Z"), random);

        assertThat(commands.items()).extracting(item -> item.event().vm()).containsExactly("101", "102");
        commands.done(commands.items().get(0));
        assertThat(commands.items()).extracting(item -> item.event().vm()).containsExactly("102");
    }

    @Test
    void a_hook_cannot_end_a_machine() throws IOException {
        Files.writeString(files.resolve("1.json"), END);

        assertThat(hooks.items()).isEmpty();
        assertThat(hooks.setAside()).isOne();
    }

    @Test
    void a_link_in_the_spool_is_not_followed() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere.json"), HINT);
        Files.createSymbolicLink(files.resolve("1.json"), elsewhere);
        Files.createDirectory(files.resolve("2.json"));

        assertThat(hooks.items()).isEmpty();
        assertThat(hooks.setAside()).isEqualTo(2);
        assertThat(elsewhere).hasContent(HINT);
    }

    @Test
    void garbage_is_set_aside_and_holds_nothing_up() throws IOException {
        Files.writeString(files.resolve("1.json"), "{");
        Files.writeString(files.resolve("2.json"), HINT.replace("\"vm\":\"101\"", "\"vm\":\"101\",\"customer\":\"x\""));
        Files.writeString(files.resolve("3.json"), HINT + " ".repeat(Spool.MAX_EVENT_BYTES));
        Files.writeString(files.resolve("4.json"), HINT);

        assertThat(hooks.items()).hasSize(1);
        assertThat(hooks.setAside()).isEqualTo(3);
        assertThat(hooks.items()).hasSize(1);
    }

    @Test
    void half_a_file_that_a_hook_is_still_writing_is_not_looked_at() throws IOException {
        Files.writeString(files.resolve(".1.json.new"), "{");

        assertThat(hooks.items()).isEmpty();
        assertThat(hooks.setAside()).isZero();
    }

    @Test
    void a_flooded_spool_takes_no_more_and_is_read_in_bounds() throws IOException {
        for (int i = 0; i <= Spool.MAX_FILES; i++) {
            Files.createFile(files.resolve(i + ".json"));
        }
        assertThatThrownBy(() -> hooks.put(hint(), new SecureRandom()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("full");
        assertThat(hooks.items()).isEmpty();
        assertThat(hooks.setAside()).isEqualTo(Spool.MAX_FILES);
    }

    private static SpoolEvent hint() {
        return new SpoolEvent(
                1,
                SpoolEvent.TYPE,
                SpoolEvent.Kind.CHANGED,
                Optional.empty(),
                "101",
                Instant.parse("2026-11-23T12:00:00Z"),
                Optional.empty(),
                Optional.empty());
    }

    private static SpoolEvent end(String vm, String at) {
        return new SpoolEvent(
                1,
                SpoolEvent.TYPE,
                SpoolEvent.Kind.END,
                Optional.empty(),
                vm,
                Instant.parse(at),
                Optional.empty(),
                Optional.empty());
    }
}
