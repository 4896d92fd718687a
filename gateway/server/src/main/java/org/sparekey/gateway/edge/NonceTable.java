// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.sparekey.protocol.signature.RequestVerdict;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seen nonces, shared by all replicas. One is burned after its signature verified (else anybody could burn for others) and
 * before any effect, in a transaction of its own: a crash after this line costs the sender a new signature. When the
 * database is away the exception refuses the request.
 */
final class NonceTable {

    /** Kept so long past the signature's own end: the verifier refuses it long before the row goes. */
    static final Duration KEPT = Duration.ofSeconds(120);

    static final Duration PURGE_EVERY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final AtomicLong purgedMillis;

    NonceTable(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.purgedMillis = new AtomicLong(clock.millis());
    }

    /** False when this key has used this nonce before. */
    boolean burn(RequestVerdict.Verified request) {
        boolean first = jdbc.sql("""
                INSERT INTO edge_nonce (key_id, nonce, expires_at) VALUES (:keyId, :nonce, :expires)
                ON CONFLICT (key_id, nonce) DO NOTHING
                """)
                        .param("keyId", request.keyId().array())
                        .param("nonce", request.nonce().array())
                        .param("expires", Timestamp.from(request.expires()))
                        .update()
                == 1;
        purge();
        return first;
    }

    private void purge() {
        Instant now = clock.instant();
        long last = purgedMillis.get();
        boolean due = now.toEpochMilli() >= last + PURGE_EVERY.toMillis();
        if (!due || !purgedMillis.compareAndSet(last, now.toEpochMilli())) {
            return;
        }
        jdbc.sql("DELETE FROM edge_nonce WHERE expires_at < :before")
                .param("before", Timestamp.from(now.minus(KEPT)))
                .update();
    }
}
