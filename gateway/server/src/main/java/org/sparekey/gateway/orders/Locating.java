// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.keys.Keys;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.IdentityAnswer;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.OrderDocument;

/**
 * From held to located, and on to where the law sends it: an identity order is answered and closed in the same
 * transaction, a content order goes to review, a preservation stays. Reading the registry happens before the transaction
 * and gives the same answer when it is done again, because it asks what was known when the order was received.
 */
final class Locating {

    private static final int IDENTITY_ANSWER_VERSION = 1;

    private final OrderTable orders;
    private final HoldTable holds;
    private final OrderCases cases;
    private final Locator locator;
    private final Matrix matrix;
    private final Keys keys;
    private final InstantSource clock;
    private final SecureRandom random;

    Locating(
            OrderTable orders,
            HoldTable holds,
            OrderCases cases,
            Locator locator,
            Matrix matrix,
            Keys keys,
            InstantSource clock,
            SecureRandom random) {
        this.orders = orders;
        this.holds = holds;
        this.cases = cases;
        this.locator = locator;
        this.matrix = matrix;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** Does nothing to an order that is not held, or still needs something. */
    void locate(OrderId id) {
        Optional<OrderRow> held = orders.find(id).filter(Locating::due);
        if (held.isEmpty()) {
            return;
        }
        OrderDocument order = order(held.get());
        Whereabouts found = locator.locate(order.target(), held.get().filed().receivedAt());
        cases.change(id, (row, work) -> due(row) ? locate(row, work, order, found) : work.state());
    }

    private OrderState locate(OrderRow row, OrderCase work, OrderDocument order, Whereabouts found) {
        Disclosure discloses =
                matrix.row(row.filed().matrixRow().orElseThrow()).orElseThrow().discloses();
        orders.located(row.id(), found);
        OrderEvent event = OrderDecisions.located(discloses, found);
        work.take(event, Actor.GATEWAY, Map.of("grade", found.grade().name()), Optional.of(Wire.write(found)));
        if (event instanceof OrderEvent.Found) {
            found.asset().ifPresent(asset -> holds.narrow(row.id(), asset));
            OrderDecisions.next(discloses).ifPresent(next -> go(next, row, work, order, found));
        }
        return work.state();
    }

    private void go(OrderEvent next, OrderRow row, OrderCase work, OrderDocument order, Whereabouts found) {
        if (!(next instanceof OrderEvent.Answer)) {
            work.take(next, Actor.GATEWAY, Map.of());
            return;
        }
        String answer = answer(row, order, found);
        orders.answered(row.id(), answer);
        work.take(next, Actor.GATEWAY, new HashMap<>(), Optional.of(Intake.ascii(answer)));
        work.take(new OrderEvent.Close(), Actor.GATEWAY, Map.of());
    }

    /** Article 126na Sv: the hoster's own customer at that instant, and how sure the hoster is. */
    private String answer(OrderRow row, OrderDocument order, Whereabouts found) {
        byte[] salt = new byte[OrderDocument.SALT_BYTES];
        random.nextBytes(salt);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
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
                now,
                Bytes.of(salt));
        return SignedDocument.sign(IdentityAnswer.TYPE, Wire.write(answer), keys.statement(), now)
                .compact();
    }

    private static boolean due(OrderRow row) {
        return row.state() instanceof OrderState.Held && row.standing().needs().isEmpty();
    }

    static OrderDocument order(OrderRow row) {
        try {
            return SignedDocument.parse(row.filed().orderJws()).read(OrderDocument.TYPE, OrderDocument.class);
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + row.id() + " as it is stored cannot be read", e);
        }
    }
}
