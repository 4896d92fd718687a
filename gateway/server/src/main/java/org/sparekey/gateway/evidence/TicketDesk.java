// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.gateway.auditlog.WitnessedProof;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/** Makes execution tickets: the one-use right to one attempt. */
final class TicketDesk {

    private static final int SALT_BYTES = 32;
    private static final int ID_RANDOM_BYTES = 10;

    private final SigningKey statementKey;
    private final InstantSource clock;
    private final SecureRandom random;

    TicketDesk(SigningKey statementKey, InstantSource clock, SecureRandom random) {
        this.statementKey = statementKey;
        this.clock = clock;
        this.random = random;
    }

    SignedDocument ticket(ApprovedOrder order, WitnessedProof verified, Duration validity) {
        Instant now = clock.instant();
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        ExecutionTicket ticket = new ExecutionTicket(
                1,
                ExecutionTicket.TYPE,
                id(now),
                Optional.of(order.verified().signed().compact()),
                order.verified().digest(),
                order.approvals(),
                new String(verified.bytes(), StandardCharsets.UTF_8),
                order.basis().asset(),
                order.attempt(),
                now.plus(validity),
                Bytes.of(salt));
        return SignedDocument.sign(ExecutionTicket.TYPE, Wire.write(ticket), statementKey, now);
    }

    /** UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then chance. */
    private UUID id(Instant now) {
        byte[] chance = new byte[ID_RANDOM_BYTES];
        random.nextBytes(chance);
        java.nio.ByteBuffer bits = java.nio.ByteBuffer.wrap(chance);
        long high = now.toEpochMilli() << 16 | 0x7000 | bits.getShort() & 0x0fff;
        long low = bits.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
