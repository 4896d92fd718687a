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
import org.sparekey.protocol.order.ValidatorReference;

/**
 * A withdrawal is an order of its own that names the earlier one. Its issuer takes it back, or the judge who authorised it, as
 * long as nothing is available; it needs no legal basis, because it only undoes.
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
                : orders.genuine(id).stream()
                        .flatMap(order -> orders.find(order).stream())
                        .filter(row -> authorisedBy(row, later.issuer().authority()))
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

    private boolean authorisedBy(OrderRow row, String party) {
        return row.filed().validatorJws().isPresent()
                ? validator(row).filter(judge -> judge.party().equals(party)).isPresent()
                : byTelephone(row)
                        .filter(named -> named.authority().equals(party))
                        .isPresent();
    }

    /**
     * The very judge who authorised it, by the key that signed the authorisation on file. Of a word that came by telephone the
     * order names the court and the office only: whoever holds it there takes it back.
     */
    private boolean validated(OrderRow row, Issuer withdrawer) {
        boolean signed = validator(row)
                .filter(judge -> judge.party().equals(withdrawer.authority())
                        && judge.person().equals(withdrawer.person())
                        && judge.role().equals(withdrawer.role()))
                .isPresent();
        return signed
                || byTelephone(row)
                        .filter(named -> named.authority().equals(withdrawer.authority())
                                && named.role().equals(withdrawer.role()))
                        .isPresent();
    }

    private static Optional<ValidatorReference> byTelephone(OrderRow row) {
        return row.filed().validatorJws().isPresent()
                ? Optional.empty()
                : Locating.order(row).validator();
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
