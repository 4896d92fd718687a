// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.capture.Guest;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.OrderKind;

/**
 * What the officers sign for: put together from the order, the log, the live guest and the register when an order comes to
 * review, and frozen for that round. Where the guest cannot be read now, the order waits in review without a basis.
 */
final class Basis {

    private final OrderTable orders;
    private final OrderCases cases;
    private final LiveGuests guests;
    private final Recipients recipients;
    private final WithheldCopies copies;

    Basis(OrderTable orders, OrderCases cases, LiveGuests guests, Recipients recipients, WithheldCopies copies) {
        this.orders = orders;
        this.cases = cases;
        this.guests = guests;
        this.recipients = recipients;
        this.copies = copies;
    }

    /** Does nothing to an order that is not in review or has its basis. */
    void prepare(OrderId id) {
        Optional<OrderRow> waiting = orders.find(id).filter(Basis::due);
        Optional<ApprovalBasis> basis = waiting.flatMap(this::now);
        if (basis.isEmpty()) {
            return;
        }
        List<X509Certificate> certificates = certificates(waiting.orElseThrow());
        cases.change(id, (row, work) -> due(row) && freeze(row, work, basis.get(), certificates));
    }

    /** A copy that was made before is sealed to those who were to have it then. */
    private List<X509Certificate> certificates(OrderRow row) {
        return copies.linked(row)
                .map(frozen -> frozen.findings().recipients())
                .orElseGet(() -> sealedTo(Locating.order(row)).orElseThrow());
    }

    /** The facts as they are now; empty when the guest cannot be read, or the case team is enrolled no more. */
    Optional<ApprovalBasis> now(OrderRow row) {
        return copies.basis(row).or(() -> live(row));
    }

    private Optional<ApprovalBasis> live(OrderRow row) {
        LocatedAsset asset =
                row.findings().whereabouts().flatMap(Whereabouts::asset).orElseThrow();
        OrderDocument order = Locating.order(row);
        return guest(asset)
                .flatMap(guest -> sealedTo(order)
                        .map(certificates -> new ApprovalBasis(
                                row.filed().digest(),
                                row.findings().verifiedLeaf().orElseThrow(),
                                row.filed().matrixRow().orElseThrow(),
                                row.filed().matrixVersion(),
                                asset,
                                guest.disks().stream().map(Guest.Disk::sourceId).toList(),
                                guest.configurationHash(),
                                Recipients.keyIds(certificates),
                                order.scope().captureMemory())));
    }

    /** Nothing is sealed to anybody where something is taken off the net. */
    private Optional<List<X509Certificate>> sealedTo(OrderDocument order) {
        return order.kind() == OrderKind.TAKE_DOWN ? Optional.of(List.of()) : recipients.of(order);
    }

    private boolean freeze(OrderRow row, OrderCase work, ApprovalBasis basis, List<X509Certificate> certificates) {
        work.note(OrderStatement.BASIS, Actor.GATEWAY, Map.of(), Wire.write(basis));
        orders.basis(row.id(), basis, ders(certificates));
        return true;
    }

    private Optional<Guest> guest(LocatedAsset asset) {
        try {
            return guests.find(asset.cluster(), asset.uuid());
        } catch (IOException notReadableNow) {
            return Optional.empty();
        }
    }

    private static boolean due(OrderRow row) {
        return row.state() instanceof OrderState.Review
                && row.findings().basis().isEmpty();
    }

    private static List<byte[]> ders(List<X509Certificate> certificates) {
        try {
            List<byte[]> ders = new ArrayList<>();
            for (X509Certificate certificate : certificates) {
                ders.add(certificate.getEncoded());
            }
            return ders;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("an enrolled certificate cannot be encoded", e);
        }
    }
}
