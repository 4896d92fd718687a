// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.gateway.orders.ApprovedOrder;
import org.sparekey.gateway.orders.Delegations;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;

/** Asks the hypervisor and the register what is true now, for {@link ExecutionDecisions}. */
final class LiveFacts {

    private final Optional<Hypervisor> hypervisor;
    private final Parties parties;
    private final Delegations delegations;
    private final InstantSource clock;

    LiveFacts(Optional<Hypervisor> hypervisor, Parties parties, Delegations delegations, InstantSource clock) {
        this.hypervisor = hypervisor;
        this.parties = parties;
        this.delegations = delegations;
        this.clock = clock;
    }

    Hypervisor hypervisor() throws IOException {
        return hypervisor.orElseThrow(() -> new IOException("this gateway has no hypervisor configured"));
    }

    ExecutionDecisions.Decision decide(ApprovedOrder order) throws IOException {
        Optional<Guest> guest = guest(order.basis().asset());
        List<Digest> recipients = order.recipients().stream()
                .map(certificate -> KeyId.of(certificate.getPublicKey()))
                .distinct()
                .sorted(Comparator.comparing(Digest::base64url))
                .toList();
        ExecutionDecisions.Facts facts = new ExecutionDecisions.Facts(
                order.basis(),
                order.verified().order().issuer(),
                order.approvals(),
                guest,
                recipients,
                this::enrolled,
                delegations.known(),
                order.oneMaySecure());
        return ExecutionDecisions.decide(facts, clock.instant());
    }

    /** By all three of its names. */
    Optional<Guest> guest(LocatedAsset asset) throws IOException {
        return hypervisor().guests().stream()
                .filter(listed -> listed.cluster().equals(asset.cluster())
                        && listed.uuid().toString().equals(asset.uuid())
                        && listed.vmId().equals(asset.vmId()))
                .findFirst();
    }

    /** The same question at the last moment before anything is opened. */
    ExecutionDecisions.Decision.Capture again(ApprovedOrder order) throws IOException {
        return switch (decide(order)) {
            case ExecutionDecisions.Decision.Capture capture -> capture;
            case ExecutionDecisions.Decision.Review(String reason) ->
                throw new CaptureException(
                        CaptureRefusal.CONFIGURATION_CHANGED, "differs from the approval: " + reason);
        };
    }

    private Optional<EnrolledSigner> enrolled(Digest keyId) {
        return parties.documentKey(keyId, clock.instant()).map(LiveFacts::signer);
    }

    static EnrolledSigner signer(EnrolledKey key) {
        return new EnrolledSigner(
                key.party().value(),
                key.person(),
                key.role().name(),
                key.keyId(),
                key.from(),
                key.until(),
                key.revokedAt());
    }
}
