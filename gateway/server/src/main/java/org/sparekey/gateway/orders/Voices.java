// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.Role;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Issuer;
import org.sparekey.protocol.order.PartyOfRecord;
import org.sparekey.protocol.party.ResellerEntry;

/** Who has a voice about an order now, and what of it counts. */
final class Voices {

    private final ApprovalTable approvals;
    private final Verification verification;
    private final Parties parties;
    private final Delegations delegations;

    Voices(ApprovalTable approvals, Verification verification, Parties parties, Delegations delegations) {
        this.approvals = approvals;
        this.verification = verification;
        this.parties = parties;
        this.delegations = delegations;
    }

    /** This round's approvals that still count. The order has what is signed for. */
    List<ApprovalVerdict.Valid> counting(OrderRow row, Instant at) {
        List<ApprovalVerdict.Valid> valid = new ArrayList<>();
        for (Approval approval : approvals.of(row.id(), row.standing().round())) {
            if (check(row, approval, at) instanceof ApprovalVerdict.Valid counts) {
                valid.add(counts);
            }
        }
        return valid;
    }

    ApprovalVerdict check(OrderRow row, Approval approval, Instant at) {
        Issuer issuer = Locating.order(row).issuer();
        ApprovalBasis basis = row.findings().basis().orElseThrow();
        return ApprovalCheck.check(approval, basis, issuer, verification::signer, delegations.known(), at);
    }

    /** The role of whoever holds this document key; an officer's where it is nobody's. */
    String role(Optional<Digest> keyId) {
        return keyId.flatMap(verification::signer).map(EnrolledSigner::role).orElse(Role.OFFICER.name());
    }

    /** What the approval rests on where it fills an officer's seat. */
    Optional<SignedDocument> delegation(ApprovalVerdict.Valid approval) {
        return approval.statement().delegation().flatMap(delegations::document);
    }

    /**
     * Whether somebody of another organisation is shown the order: while it waits for a second one, or for anyone and he fills an
     * officer's seat, or it has his word; and where his own has no part in it. Until then, and to everybody else of his kind, it does not
     * exist.
     */
    boolean asked(Caller outsider, OrderRow row, Instant at) {
        return outsider.role() == Role.CO_APPROVER
                && !interested(outsider.party(), row)
                && (waits(outsider, row, at) || spoke(outsider, row));
    }

    private boolean waits(Caller outsider, OrderRow row, Instant at) {
        return Approving.takesApprovals(row.state())
                && row.findings().basis().isPresent()
                && (delegations.fills(outsider, at) || new FourEyes(counting(row, at)).waitsForSecond());
    }

    /** Whoever signed may ask again whether it arrived, and what became of it. */
    private boolean spoke(Caller outsider, OrderRow row) {
        return approvals.of(row.id(), row.standing().round()).stream()
                .flatMap(approval -> Approving.signer(approval).stream())
                .flatMap(keyId -> verification.signer(keyId).stream())
                .anyMatch(signer -> signer.party().equals(outsider.party().value())
                        && signer.person().equals(outsider.person()));
    }

    /** Whether the order comes from his organisation, or the machine is in its hands. */
    boolean interested(PartyId party, OrderRow row) {
        Optional<ResellerEntry> reseller = parties.reseller(party);
        return row.filed().authority().equals(party.value())
                || parties.authority(party).isPresent()
                || reseller.filter(entry -> hands(row).anyMatch(hand -> same(hand, entry)))
                        .isPresent();
    }

    private static Stream<PartyOfRecord> hands(OrderRow row) {
        return row.findings().whereabouts().stream()
                .flatMap(found ->
                        Stream.concat(found.partyOfRecord().stream(), found.chain().orElse(List.of()).stream()));
    }

    /** By the public register: a name is spelt in several ways. */
    private static boolean same(PartyOfRecord hand, ResellerEntry entry) {
        return hand.country().equals(entry.country()) && hand.registerNumber().equals(entry.registerNumber());
    }
}
