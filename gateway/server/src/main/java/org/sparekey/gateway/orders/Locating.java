// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.Matrix;
import org.sparekey.protocol.order.MatrixRow.Disclosure;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;

/**
 * From held to located, and on to where the law sends it: an identity order is answered and closed in the same
 * transaction, a content order goes to review, a preservation stays. Reading the registry happens before the transaction
 * and gives the same answer when it is done again, because it asks what was known when the order was received.
 */
final class Locating {

    private final OrderTable orders;
    private final HoldTable holds;
    private final OrderCases cases;
    private final Locator locator;
    private final Answers answers;
    private final WithheldCopies copies;

    Locating(
            OrderTable orders,
            HoldTable holds,
            OrderCases cases,
            Locator locator,
            Answers answers,
            WithheldCopies copies) {
        this.orders = orders;
        this.holds = holds;
        this.cases = cases;
        this.locator = locator;
        this.answers = answers;
        this.copies = copies;
    }

    /** Does nothing to an order that is not held, or still needs something. */
    void locate(OrderId id) {
        Optional<OrderRow> held = orders.find(id).filter(Locating::due);
        if (held.isEmpty()) {
            return;
        }
        OrderDocument order = order(held.get());
        // A frozen copy is where it was when it was made, whoever has the machine now.
        Whereabouts found = copies.frozen(held.get().filed().authority(), order)
                .flatMap(frozen -> frozen.findings().whereabouts())
                .orElseGet(
                        () -> locator.locate(order.target(), held.get().filed().receivedAt()));
        cases.change(id, (row, work) -> {
            if (row.state() instanceof OrderState.Oral) {
                narrow(row, work, found);
                return work.state();
            }
            return orders.goesOn(row) && due(row) ? locate(row, work, order, found) : work.state();
        });
    }

    private OrderState locate(OrderRow row, OrderCase work, OrderDocument order, Whereabouts found) {
        Disclosure discloses = Matrix.packaged(row.filed().matrixVersion())
                .flatMap(matrix -> matrix.row(row.filed().matrixRow().orElseThrow()))
                .orElseThrow()
                .discloses(row.filed().kind());
        orders.located(row.id(), found);
        OrderEvent event = OrderDecisions.located(row.filed().kind(), found);
        work.take(event, Actor.GATEWAY, Map.of("grade", found.grade().name()), Optional.of(Wire.write(found)));
        if (event instanceof OrderEvent.Found) {
            found.asset().ifPresent(asset -> holds.narrow(row.id(), asset));
            link(row, order, found);
            OrderDecisions.next(order, found, discloses).ifPresent(next -> go(next, row, work, order, found));
        }
        return work.state();
    }

    private void go(OrderEvent next, OrderRow row, OrderCase work, OrderDocument order, Whereabouts found) {
        if (!(next instanceof OrderEvent.Answer)) {
            work.take(next, Actor.GATEWAY, Map.of());
            return;
        }
        String answer = answers.sign(row, order, found);
        orders.answered(row.id(), answer);
        work.take(next, Actor.GATEWAY, new HashMap<>(), Optional.of(Intake.ascii(answer)));
        work.take(new OrderEvent.Close(), Actor.GATEWAY, Map.of());
    }

    /**
     * A freezing lasts at least as long as the production of its contents, of the same asset, that names it. Nothing else
     * is waited for: an identity order that refers to a freezing has ended at once.
     */
    private void link(OrderRow row, OrderDocument order, Whereabouts found) {
        order.parentOrder()
                .filter(_ -> row.filed().kind() == OrderKind.SNAPSHOT_COPY)
                .flatMap(parent -> orders.genuine(row.filed().authority(), parent))
                .flatMap(orders::find)
                .filter(parent -> !parent.standing().frozen())
                .filter(parent -> parent.findings()
                        .whereabouts()
                        .flatMap(Whereabouts::asset)
                        .equals(found.asset()))
                .filter(parent -> copies.free(parent, row.id()))
                .filter(parent -> OrderTransitions.decide(parent.state(), link(row)) instanceof Decision.Move)
                .ifPresent(parent ->
                        cases.change(parent.id(), (_, work) -> work.take(link(row), Actor.GATEWAY, Map.of())));
    }

    private static OrderEvent link(OrderRow row) {
        return new OrderEvent.Link(row.id().code());
    }

    /** What was ordered by word of mouth is held at its one asset, once, and goes no further. */
    private void narrow(OrderRow row, OrderCase work, Whereabouts found) {
        if (row.findings().whereabouts().isPresent()) {
            return;
        }
        orders.located(row.id(), found);
        if (OrderDecisions.located(row.filed().kind(), found) instanceof OrderEvent.Found) {
            found.asset().ifPresent(asset -> holds.narrow(row.id(), asset));
            work.note(
                    OrderStatement.NARROWED,
                    Actor.GATEWAY,
                    Map.of("grade", found.grade().name()),
                    Wire.write(found));
        }
    }

    private static boolean due(OrderRow row) {
        return row.standing().needs().isEmpty()
                && (row.state() instanceof OrderState.Held || row.state() instanceof OrderState.Oral);
    }

    static SignedDocument signed(OrderRow row) {
        try {
            return AuthorityDocument.parse(row.filed().orderJws());
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + row.id() + " as it is stored cannot be read", e);
        }
    }

    static OrderDocument order(OrderRow row) {
        try {
            return signed(row).read(OrderDocument.TYPE, OrderDocument.class);
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + row.id() + " as it is stored cannot be read", e);
        }
    }
}
