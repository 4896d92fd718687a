// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Optional;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;

/**
 * Copies that a freezing made, sealed and withheld, and the later order that lets one of them go: an order for the contents
 * of its own, with its own basis, authorisation, call-back and approvals, that names the freezing. It gets that very copy; nothing
 * is read again. When a freezing ends no order can get at its copy any more; that its bytes are then destroyed is the work of
 * the schedule of destruction, for which the row of the attempt stays.
 */
final class WithheldCopies {

    private final OrderTable orders;

    WithheldCopies(OrderTable orders) {
        this.orders = orders;
    }

    /** The freezing whose copy this order gets: its authority's, named by it, of the same target, for the same team. */
    Optional<OrderRow> frozen(String authority, OrderDocument order) {
        return order.parentOrder()
                .filter(_ -> order.kind() == OrderKind.SNAPSHOT_COPY
                        && !order.scope().captureMemory())
                .flatMap(parent -> orders.genuine(authority, parent))
                .flatMap(orders::find)
                .filter(parent -> parent.filed().kind() == OrderKind.PRESERVATION
                        && parent.findings().manifestDigest().isPresent()
                        && !parent.standing().frozen()
                        && !parent.state().terminal())
                .filter(parent -> same(order, Locating.order(parent)));
    }

    private static boolean same(OrderDocument order, OrderDocument earlier) {
        return OrderDecisions.copied(earlier)
                && order.target().equals(earlier.target())
                && order.deliverTo().equals(earlier.deliverTo());
    }

    /** Nobody else's order that still goes on waits for it. */
    boolean free(OrderRow frozen, OrderId order) {
        return !(frozen.state() instanceof OrderState.Linked(String waiting))
                || waiting.equals(order.code())
                || orders.find(new OrderId(waiting))
                        .map(other -> other.state().terminal())
                        .orElse(true);
    }

    /** The freezing that this order is linked to, where there is a copy to let go. */
    Optional<OrderRow> linked(OrderRow row) {
        return frozen(row.filed().authority(), Locating.order(row))
                .filter(frozen ->
                        frozen.state().equals(new OrderState.Linked(row.id().code())));
    }

    /** What officers sign for: the copy as it was approved and made. */
    Optional<ApprovalBasis> basis(OrderRow row) {
        return linked(row).map(frozen -> {
            ApprovalBasis made = frozen.findings().basis().orElseThrow();
            return new ApprovalBasis(
                    row.filed().digest(),
                    row.findings().verifiedLeaf().orElseThrow(),
                    row.filed().matrixRow().orElseThrow(),
                    row.filed().matrixVersion(),
                    made.asset(),
                    made.diskIds(),
                    made.configurationHash(),
                    made.recipients(),
                    false,
                    frozen.findings().manifestDigest());
        });
    }
}
