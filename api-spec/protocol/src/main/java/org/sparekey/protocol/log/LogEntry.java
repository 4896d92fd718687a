// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.log;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.tree.TreeHash;

/**
 * One log entry. It is written to canonical JSON once; from then on the stored bytes are the truth and are hashed as
 * they are. It holds no personal data: names, addresses and case numbers live in the payload it commits to.
 *
 * @param subject commitment to what the entry is about, such as a registration
 * @param caseId the case's pseudonym
 * @param caseSeq position in the case, from 0
 * @param prev the leaf hash of the case's previous entry
 * @param clear what reports may be counted from: basis row, outcome, level, key status
 */
public record LogEntry(
        int v,
        String origin,
        String type,
        UUID id,
        Instant time,
        LogActor actor,
        Optional<String> subject,
        @JsonProperty("case") Optional<String> caseId,
        Optional<Long> caseSeq,
        Optional<Digest> prev,
        Map<String, String> clear,
        Commitment payload) {

    public static final int VERSION = 1;

    /** Tiles allow 65,535 bytes; ours stay small enough to send 256 of them at once. */
    public static final int MAX_BYTES = 4096;

    private static final String WORD = "[A-Za-z][A-Za-z0-9._-]{0,63}";

    public LogEntry {
        if (v != VERSION) {
            throw new IllegalArgumentException("an entry of another version");
        }
        requireWord(type);
        clear.keySet().forEach(LogEntry::requireWord);
        clear = Collections.unmodifiableMap(new TreeMap<>(clear));
        if (caseId.isPresent() != caseSeq.isPresent() || (prev.isPresent() && caseId.isEmpty())) {
            throw new IllegalArgumentException("case and caseSeq come together, and prev only with them");
        }
        if (caseSeq.isPresent() && (caseSeq.get() < 0 || (caseSeq.get() == 0) == prev.isPresent())) {
            throw new IllegalArgumentException("the first entry of a case has no prev, every later one has");
        }
    }

    static void requireWord(String word) {
        if (!word.matches(WORD)) {
            throw new IllegalArgumentException("a word of the log is letters, digits, dots and dashes, at most 64");
        }
    }

    /**
     * The canonical bytes.
     *
     * @throws IllegalArgumentException beyond 4 KiB
     */
    public byte[] bytes() {
        byte[] bytes = Wire.write(this);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("an entry of " + bytes.length + " bytes is beyond " + MAX_BYTES);
        }
        return bytes;
    }

    /** Reads stored bytes; only the canonical spelling is an entry. */
    public static LogEntry parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("", "an entry beyond its limit");
        }
        LogEntry entry = Wire.read(bytes, LogEntry.class);
        if (!Arrays.equals(entry.bytes(), bytes)) {
            throw new MalformedException("", "not canonical JSON");
        }
        return entry;
    }

    /** The RFC 6962 leaf hash of stored bytes. */
    public static Digest leafHash(byte[] bytes) {
        return TreeHash.leaf(bytes);
    }
}
