// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.ExistenceAnswer;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;

/** Signs what the hoster answers himself: who had it, or only whether there is anything. */
final class Answers {

    private static final int IDENTITY_ANSWER_VERSION = 1;

    private final CallBacks callBacks;
    private final Keys keys;
    private final InstantSource clock;
    private final SecureRandom random;

    Answers(CallBacks callBacks, Keys keys, InstantSource clock, SecureRandom random) {
        this.callBacks = callBacks;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    String sign(OrderRow row, OrderDocument order, Whereabouts found) {
        byte[] salt = new byte[OrderDocument.SALT_BYTES];
        random.nextBytes(salt);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return order.kind() == OrderKind.EXISTENCE_CHECK
                ? existence(row, order, found, now, Bytes.of(salt))
                : identity(row, order, found, now, Bytes.of(salt));
    }

    /** Less than article 126na Sv allows: no name leaves for the question whether there is one. */
    private String existence(OrderRow row, OrderDocument order, Whereabouts found, Instant now, Bytes salt) {
        ExistenceAnswer answer = new ExistenceAnswer(
                ExistenceAnswer.VERSION,
                ExistenceAnswer.TYPE,
                order.id(),
                row.filed().digest(),
                order.target(),
                ExistenceAnswer.Held.of(found.grade()),
                Optional.of(callBacks.assurance(row)),
                now,
                salt);
        return SignedDocument.sign(ExistenceAnswer.TYPE, Wire.write(answer), keys.statement(), now)
                .compact();
    }

    /** Article 126na Sv: the hoster's own customer at that instant, and how sure the hoster is. */
    private String identity(OrderRow row, OrderDocument order, Whereabouts found, Instant now, Bytes salt) {
        IdentityAnswer answer = new IdentityAnswer(
                IDENTITY_ANSWER_VERSION,
                IdentityAnswer.TYPE,
                order.id(),
                row.filed().digest(),
                order.target(),
                found.grade(),
                found.partyOfRecord(),
                found.since(),
                found.until(),
                found.nextInChain(),
                found.chain(),
                Optional.of(callBacks.assurance(row)),
                now,
                salt);
        return SignedDocument.sign(IdentityAnswer.TYPE, Wire.write(answer), keys.statement(), now)
                .compact();
    }
}
