// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.order.Addressee;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.LegalBasis;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;
import org.sparekey.protocol.order.Scope;
import org.sparekey.protocol.order.Secrecy;
import org.sparekey.protocol.order.Urgency;
import org.sparekey.protocol.order.ValidatorReference;

/** An order with some fields changed, before it is signed. */
final class Altered {

    private final OrderDocument order;
    private Issuer issuer;
    private OrderKind kind;
    private String basis;
    private Addressee addressee;
    private Optional<ValidatorReference> validator;
    private Scope scope;
    private Instant deadline;
    private Urgency urgency;
    private Secrecy secrecy;
    private String deliverTo;
    private Optional<UUID> parent;
    private List<DocumentReference> documents;

    Altered(OrderDocument order) {
        this.order = order;
        this.issuer = order.issuer();
        this.kind = order.kind();
        this.basis = order.legalBasis().id();
        this.addressee = order.addressee();
        this.validator = order.validator();
        this.scope = order.scope();
        this.deadline = order.deadline();
        this.urgency = order.urgency();
        this.secrecy = order.secrecy();
        this.deliverTo = order.deliverTo();
        this.parent = order.parentOrder();
        this.documents = order.documents();
    }

    OrderDocument document() {
        return new OrderDocument(
                order.v(),
                order.type(),
                order.id(),
                kind,
                addressee,
                new LegalBasis(basis, order.legalBasis().version()),
                issuer,
                validator,
                order.caseRef(),
                order.target(),
                scope,
                urgency,
                deadline,
                secrecy,
                deliverTo,
                parent,
                documents,
                order.salt());
    }

    Altered issuer(Issuer other) {
        issuer = other;
        return this;
    }

    Altered kind(OrderKind other) {
        kind = other;
        return this;
    }

    Altered secrecy(Secrecy other) {
        secrecy = other;
        return this;
    }

    Altered urgency(Urgency other) {
        urgency = other;
        return this;
    }

    Altered basis(String other) {
        basis = other;
        return this;
    }

    Altered addressee(Addressee other) {
        addressee = other;
        return this;
    }

    Altered validator(Optional<ValidatorReference> other) {
        validator = other;
        return this;
    }

    Altered scope(Scope other) {
        scope = other;
        return this;
    }

    Altered deadline(Instant other) {
        deadline = other;
        return this;
    }

    Altered deliverTo(String other) {
        deliverTo = other;
        return this;
    }

    Altered parent(UUID other) {
        parent = Optional.of(other);
        return this;
    }

    Altered documents(List<DocumentReference> other) {
        documents = other;
        return this;
    }
}
