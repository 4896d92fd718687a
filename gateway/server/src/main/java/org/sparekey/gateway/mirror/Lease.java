// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.sparekey.protocol.json.Bytes;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which replica sends. Only a hint: two that both believe it send everything twice, which a follower drops, and neither
 * leaves anything out.
 */
final class Lease {

    /** Longer than a batch can be on its way. */
    static final Duration LENGTH = KafkaClients.DELIVERY.multipliedBy(2);

    private static final int OWNER_BYTES = 16;

    private final JdbcClient app;
    private final InstantSource clock;
    private final String owner;

    Lease(JdbcClient app, InstantSource clock, SecureRandom random) {
        this.app = app;
        this.clock = clock;
        byte[] name = new byte[OWNER_BYTES];
        random.nextBytes(name);
        this.owner = Bytes.of(name).base64url();
    }

    /** Takes or renews it. @return whether this replica has it */
    boolean take(String origin) {
        Instant now = clock.instant();
        int taken = app.sql("""
            INSERT INTO mirror_lease (origin, owner, until) VALUES (:origin, :owner, :until)
            ON CONFLICT (origin) DO UPDATE SET owner = excluded.owner, until = excluded.until
            WHERE mirror_lease.owner = :owner OR mirror_lease.until < :now
            """)
                .param("origin", origin)
                .param("owner", owner)
                .param("until", Timestamp.from(now.plus(LENGTH)))
                .param("now", Timestamp.from(now))
                .update();
        return taken == 1;
    }

    /** Another replica need not wait for the end. */
    void release(String origin) {
        app.sql("DELETE FROM mirror_lease WHERE origin = :origin AND owner = :owner")
                .param("origin", origin)
                .param("owner", owner)
                .update();
    }
}
