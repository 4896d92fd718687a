// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;

/** Each log anchors the other by the clock; what readers of the registry see of it does not depend on the case log. */
class AnchorsTest {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private LogFixture fixture;
    private AuditLog log;

    @BeforeEach
    void start() {
        fixture = new LogFixture(root);
        log = fixture.start();
    }

    private void minute() {
        fixture.pass(MINUTE);
        log.stepper().anchor();
        LogFixture.all(log);
    }

    @Test
    void anchors_are_due_once_a_minute_on_the_minute_whoever_looks_and_however_often() {
        fixture.set(Instant.parse("2026-11-23T12:00:20Z"));
        assertThat(log.stepper().anchor()).isFalse();
        fixture.set(Instant.parse("2026-11-23T12:00:59.999Z"));
        assertThat(log.stepper().anchor()).isFalse();
        fixture.set(Instant.parse("2026-11-23T12:01:00Z"));
        AuditLog replica = fixture.start();
        assertThat(replica.stepper().anchor()).isTrue();
        assertThat(log.stepper().anchor()).isFalse();
        fixture.set(Instant.parse("2026-11-23T12:10:30Z"));
        assertThat(log.stepper().anchor()).as("away for nine minutes").isTrue();
        assertThat(log.stepper().anchor()).isFalse();
        fixture.set(Instant.parse("2026-11-23T12:11:00Z"));
        assertThat(log.stepper().anchor()).isTrue();
    }

    @Test
    void the_registrys_anchor_has_the_same_type_and_size_whether_or_not_the_case_log_grew() {
        log.stepper().anchor();
        minute();
        minute();
        fixture.append(log, 300);
        LogFixture.all(log);
        minute();
        Set<String> shapes = new TreeSet<>();
        List<EntryText> anchors = log.from(LogName.REGISTRY, 0, 10);
        for (EntryText anchor : anchors) {
            LogEntry entry = anchor.parsed();
            shapes.add(entry.type() + " " + anchor.bytes().length + " " + entry.clear());
        }
        assertThat(anchors).hasSize(3);
        assertThat(shapes).hasSize(1);
        assertThat(anchors).extracting(anchor -> anchor.parsed().subject()).doesNotHaveDuplicates();
    }

    @Test
    void an_anchor_opens_to_the_checkpoint_that_the_case_log_had() throws MalformedException {
        log.stepper().anchor();
        fixture.append(log, 3);
        LogFixture.all(log);
        byte[] published = log.checkpoint(LogName.CASE).orElseThrow();
        minute();
        EntryText anchor = log.from(LogName.REGISTRY, 0, 1).getFirst();
        Opened opened = log.payload(anchor.recorded().leafHash()).orElseThrow();
        CaseAnchor said = Wire.read(opened.payload(), CaseAnchor.class);
        assertThat(said.opens(anchor.parsed())).isTrue();
        assertThat(said.checkpoint().getBytes(StandardCharsets.UTF_8)).isEqualTo(published);
        CaseAnchor other = new CaseAnchor(
                CaseAnchor.VERSION, CaseAnchor.TYPE, said.checkpoint().replace("\n3\n", "\n4\n"), said.salt());
        assertThat(other.opens(anchor.parsed())).isFalse();
    }

    @Test
    void the_case_log_names_the_registrys_checkpoint_in_clear() throws MalformedException {
        log.stepper().anchor();
        minute();
        byte[] registry = log.checkpoint(LogName.REGISTRY).orElseThrow();
        minute();
        EntryText anchor = log.from(LogName.CASE, 1, 1).getFirst();
        assertThat(anchor.parsed().type()).isEqualTo(CaseAnchor.ENTRY_TYPE);
        assertThat(anchor.parsed().clear())
                .isEqualTo(ShardStart.clear(
                        Checkpoint.parse(SignedNote.parse(registry).text())));
        assertThat(log.payload(anchor.recorded().leafHash()).orElseThrow().payload())
                .isEqualTo(registry);
    }

    @Test
    void a_tick_without_growth_publishes_nothing_new() throws Exception {
        fixture.append(log, 2);
        LogFixture.all(log);
        Path checkpoint = log.directory(LogName.CASE).resolve("checkpoint");
        var before = Files.getLastModifiedTime(checkpoint);
        assertThat(log.stepper().publish(LogName.CASE)).isFalse();
        assertThat(Files.getLastModifiedTime(checkpoint)).isEqualTo(before);
    }

    @Test
    void what_is_appended_to_the_case_log_is_published_by_the_tick_and_by_nothing_else() {
        fixture.append(log, 2);
        assertThat(log.stepper().enter(LogName.CASE)).isTrue();
        assertThat(log.stepper().enter(LogName.CASE)).isFalse();
        assertThat(log.checkpoint(LogName.CASE)).isEmpty();
        assertThat(log.stepper().publish(LogName.CASE)).isTrue();
        assertThat(log.checkpoint(LogName.CASE)).isPresent();
    }
}
