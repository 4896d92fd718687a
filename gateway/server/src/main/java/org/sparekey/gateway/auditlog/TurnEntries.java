// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.log.ShardEnd;
import org.sparekey.protocol.log.ShardStart;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.SignedNote;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** The last entry of a shard and the first of the next; their payloads are signed with the gateway's statement key. */
final class TurnEntries {

    private final Outbox outbox;
    private final Recordings recordings;
    private final ShardTable table;
    private final TransactionTemplate appending;
    private final SigningKey statementKey;
    private final InstantSource clock;
    private final SecureRandom random;

    TurnEntries(
            Outbox outbox,
            Recordings recordings,
            ShardTable table,
            TransactionTemplate appending,
            SigningKey statementKey,
            InstantSource clock,
            SecureRandom random) {
        this.outbox = outbox;
        this.recordings = recordings;
        this.table = table;
        this.appending = appending;
        this.statementKey = statementKey;
        this.clock = clock;
        this.random = random;
    }

    void end(Shard ending, Shard next) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ShardEnd end =
                new ShardEnd(ShardEnd.VERSION, ShardEnd.TYPE, ending.origin(), next.origin(), now, Bytes.of(salt()));
        append(ending, ShardEnd.TYPE, Map.of(ShardEnd.NEXT, next.origin()), signed(ShardEnd.TYPE, end, now));
    }

    /** @return false while the shard before has not published its end */
    boolean start(Shard ending, Shard next) {
        Optional<Digest> end = table.turn(ending.origin(), ShardEnd.TYPE);
        if (end.flatMap(recordings::find).isEmpty()) {
            return false;
        }
        byte[] note = recordings.checkpoint(ending.origin()).orElseThrow();
        String previous = new String(note, StandardCharsets.UTF_8);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ShardStart start =
                new ShardStart(ShardStart.VERSION, ShardStart.TYPE, next.origin(), previous, now, Bytes.of(salt()));
        append(next, ShardStart.TYPE, ShardStart.clear(checkpoint(note)), signed(ShardStart.TYPE, start, now));
        return true;
    }

    /** Whoever comes second finds the place taken. */
    private void append(Shard shard, String type, Map<String, String> clear, byte[] payload) {
        Statement statement =
                new Statement(shard.log(), type, Actor.GATEWAY, Optional.empty(), Optional.empty(), clear, payload);
        try {
            appending.executeWithoutResult(status -> outbox.append(shard.origin(), statement));
        } catch (DuplicateKeyException another) {
            if (table.turn(shard.origin(), type).isEmpty()) {
                throw another;
            }
        }
    }

    private byte[] signed(String type, Object statement, Instant now) {
        return SignedDocument.sign(type, Wire.write(statement), statementKey, now)
                .compact()
                .getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] salt() {
        byte[] salt = new byte[ShardEnd.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private static Checkpoint checkpoint(byte[] note) {
        try {
            return Checkpoint.parse(SignedNote.parse(note).text());
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored checkpoint cannot be read", e);
        }
    }
}
