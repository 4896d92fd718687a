// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

class LogEntryTest {

    private static final Bytes SALT = Bytes.of(new byte[32]);
    private static final Digest KEY = Digest.sha256(new byte[] {1});

    @Test
    void an_entry_is_written_canonically_and_read_back_to_the_byte() throws MalformedException {
        LogEntry entry = entry(Map.of("outcome", "verified", "basis", "NL-126nc"));
        byte[] bytes = entry.bytes();
        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"actor\":{\"keyId\":\"@KEY@\",\"role\":\"INVESTIGATOR\"},".replace("@KEY@", KEY.base64url())
                                + "\"case\":\"c-1\",\"caseSeq\":0,\"clear\":{\"basis\":\"NL-126nc\",\"outcome\":\"verified\"},"
                                + "\"id\":\"0193f0a0-0000-7000-8000-000000000001\",\"origin\":\"log.example/case/2026\","
                                + "\"payload\":{\"commitment\":\""
                                + entry.payload().commitment().base64url() + "\"},"
                                + "\"time\":\"2026-11-23T12:00:00.000Z\",\"type\":\"order.verified\",\"v\":1}");
        assertThat(LogEntry.parse(bytes)).isEqualTo(entry);
        assertThat(LogEntry.parse(bytes).bytes()).isEqualTo(bytes);
    }

    @Test
    void another_spelling_of_the_same_entry_is_not_that_entry() {
        String canonical = new String(entry(Map.of()).bytes(), StandardCharsets.UTF_8);
        for (String other : List.of(
                canonical.replace(",\"clear\"", ", \"clear\""),
                canonical.replace("\"v\":1", "\"v\":2"),
                canonical.replace("\"v\":1", "\"v\":1.0"),
                canonical.replace("\"v\":1", "\"v\":1,\"extra\":true"),
                canonical.replace("\"caseSeq\":0", "\"caseSeq\":1"),
                canonical.replace("\"case\":\"c-1\",", ""),
                canonical.replace("order.verified", "order verified"),
                canonical + "\n")) {
            assertThat(other).isNotEqualTo(canonical);
            assertThatThrownBy(() -> LogEntry.parse(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void an_entry_beyond_4_KiB_is_refused_before_it_is_stored() {
        LogEntry large = entry(Map.of("text", "x".repeat(LogEntry.MAX_BYTES)));
        assertThatThrownBy(large::bytes).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_later_entry_of_a_case_names_the_one_before() {
        Digest prev = LogEntry.leafHash(entry(Map.of()).bytes());
        assertThat(linked(1, Optional.of(prev)).prev()).contains(prev);
        assertThatThrownBy(() -> linked(1, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> linked(0, Optional.of(prev))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_commitment_opens_only_with_its_own_salt_and_payload() {
        byte[] payload = "192.0.2.7".getBytes(StandardCharsets.US_ASCII);
        Commitment commitment = Commitment.to(SALT, payload);
        assertThat(commitment.opens(SALT, payload)).isTrue();
        assertThat(commitment.opens(SALT, "192.0.2.8".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(commitment.opens(Bytes.of(other), payload)).isFalse();
        assertThat(commitment.opens(Bytes.of(new byte[31]), payload)).isFalse();
        assertThatThrownBy(() -> Commitment.to(Bytes.of(new byte[31]), payload))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(commitment.commitment()).isNotEqualTo(Digest.sha256(payload));
    }

    private static LogEntry entry(Map<String, String> clear) {
        return new LogEntry(
                1,
                "log.example/case/2026",
                "order.verified",
                UUID.fromString("0193f0a0-0000-7000-8000-000000000001"),
                Instant.parse("2026-11-23T12:00:00Z"),
                new LogActor("INVESTIGATOR", Optional.of(KEY)),
                Optional.empty(),
                Optional.of("c-1"),
                Optional.of(0L),
                Optional.empty(),
                clear,
                Commitment.to(SALT, new byte[] {1, 2, 3}));
    }

    private static LogEntry linked(long caseSeq, Optional<Digest> prev) {
        LogEntry first = entry(Map.of());
        return new LogEntry(
                1,
                first.origin(),
                first.type(),
                first.id(),
                first.time(),
                first.actor(),
                Optional.empty(),
                first.caseId(),
                Optional.of(caseSeq),
                prev,
                Map.of(),
                first.payload());
    }
}
