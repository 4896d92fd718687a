// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.DocumentCheck;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Refusal;

/**
 * A withdrawal is an order of its own that names the earlier one. Its issuer takes it back as long as nothing is available;
 * it needs no legal basis, because it only undoes.
 */
final class Withdrawals {

    private final OrderTable orders;
    private final Verification verification;

    Withdrawals(OrderTable orders, Verification verification) {
        this.orders = orders;
        this.verification = verification;
    }

    /** The issuer's own order, or, for a withdrawal, one that this party's judge authorised. */
    Optional<OrderId> parent(OrderDocument later) {
        Issuer by = later.issuer();
        return later.parentOrder()
                .flatMap(id -> orders.genuine(by.authority(), id).or(() -> authorised(later, id)));
    }

    /** Ids are the issuers' own: of two authorities' orders of one id his is the one of his case. */
    private Optional<OrderId> authorised(OrderDocument later, UUID id) {
        return later.kind() != OrderKind.WITHDRAWAL
                ? Optional.empty()
                : orders.validated(id).stream()
                        .flatMap(order -> orders.find(order).stream())
                        .filter(row -> validator(row)
                                .filter(judge ->
                                        judge.party().equals(later.issuer().authority()))
                                .isPresent())
                        .min(Comparator.comparing(
                                row -> !Locating.order(row).caseRef().equals(later.caseRef())))
                        .map(OrderRow::id);
    }

    Optional<Refusal> refused(OrderRow row, Issuer withdrawer) {
        if (OrderTransitions.decide(row.state(), new OrderEvent.Withdraw()) instanceof Decision.Illegal) {
            return Optional.of(Refusal.TOO_LATE_TO_WITHDRAW);
        }
        return issuer(row).equals(withdrawer) || validated(row, withdrawer)
                ? Optional.empty()
                : Optional.of(Refusal.NOT_YOURS_TO_WITHDRAW);
    }

    /** The very judge who authorised it, by the key that signed the authorisation on file. */
    private boolean validated(OrderRow row, Issuer withdrawer) {
        return validator(row)
                .filter(judge -> judge.party().equals(withdrawer.authority())
                        && judge.person().equals(withdrawer.person())
                        && judge.role().equals(withdrawer.role()))
                .isPresent();
    }

    private Optional<EnrolledSigner> validator(OrderRow row) {
        return row.filed().validatorJws().flatMap(jws -> verification.signer(DocumentCheck.signer(parse(row, jws))));
    }

    private static Issuer issuer(OrderRow row) {
        try {
            return parse(row, row.filed().orderJws())
                    .read(OrderDocument.TYPE, OrderDocument.class)
                    .issuer();
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + row.id() + " as it is stored cannot be read", e);
        }
    }

    private static SignedDocument parse(OrderRow row, String jws) {
        try {
            return AuthorityDocument.parse(jws);
        } catch (MalformedException e) {
            throw new IllegalStateException("order " + row.id() + " as it is stored cannot be read", e);
        }
    }
}
