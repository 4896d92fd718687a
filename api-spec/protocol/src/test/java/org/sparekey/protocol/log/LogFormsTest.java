// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparekey.protocol.json.Altered.refuses;
import static org.sparekey.protocol.json.Altered.takes;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;

/** What no entry of a log may be, and what an anchor does not open. */
class LogFormsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final Digest SOME = Digest.sha256(new byte[] {7});
    private static final CaseAnchor ANCHOR = new CaseAnchor(1, CaseAnchor.TYPE, "a signed note", SALT);

    @Test
    void an_anchor_opens_its_own_entry_and_no_other() {
        CaseAnchor other = new CaseAnchor(1, CaseAnchor.TYPE, "another note", SALT);

        assertThat(ANCHOR.opens(entry(CaseAnchor.ENTRY_TYPE, Optional.of(ANCHOR.commitment()))))
                .isTrue();
        assertThat(ANCHOR.opens(entry(CaseAnchor.ENTRY_TYPE, Optional.of(other.commitment()))))
                .isFalse();
        assertThat(ANCHOR.opens(entry("log.other", Optional.of(ANCHOR.commitment()))))
                .isFalse();
        assertThat(ANCHOR.opens(entry(CaseAnchor.ENTRY_TYPE, Optional.empty()))).isFalse();
        refuses(ANCHOR, "/v", 2);
        refuses(ANCHOR, "/type", "another");
        refuses(ANCHOR, "/salt", Bytes.of(new byte[31]));
    }

    @Test
    void a_shard_begins_and_ends_in_its_own_words() {
        ShardEnd end = new ShardEnd(1, ShardEnd.TYPE, "a", "b", AT, SALT);
        ShardStart start = new ShardStart(1, ShardStart.TYPE, "b", "a signed note", AT, SALT);

        refuses(end, "/v", 2);
        refuses(end, "/type", "another");
        refuses(end, "/salt", Bytes.of(new byte[31]));
        refuses(start, "/v", 2);
        refuses(start, "/type", "another");
        refuses(start, "/salt", Bytes.of(new byte[31]));
        assertThat(ShardStart.clear(new Checkpoint("log.example/log/case/2026", 7, SOME)))
                .containsOnly(
                        Map.entry(ShardStart.PREVIOUS, "log.example/log/case/2026"),
                        Map.entry(ShardStart.SIZE, "7"),
                        Map.entry(ShardStart.ROOT, SOME.base64url()));
    }

    @Test
    void an_entry_speaks_in_words_of_the_log_and_numbers_its_case_whole() {
        LogEntry entry = entry("log.other", Optional.empty());

        refuses(entry, "/clear", Map.of("two words", "x"));
        takes(entry, "/clear", Map.of("word", "x"));
        refuses(entry, "/prev", SOME);
        refuses(entry, "/caseSeq", 0);
        takes(entry, "/case", "CASE-1", "/caseSeq", 0);
        takes(entry, "/case", "CASE-1", "/caseSeq", 1, "/prev", SOME);
        refuses(entry, "/case", "CASE-1", "/caseSeq", 1);
    }

    private static LogEntry entry(String type, Optional<Digest> subject) {
        return new LogEntry(
                1,
                "log.example/log/registry/2026",
                type,
                new UUID(7, 1),
                AT,
                new LogActor("gateway", Optional.empty()),
                subject.map(Digest::base64url),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Commitment.to(SALT, new byte[0]));
    }
}
