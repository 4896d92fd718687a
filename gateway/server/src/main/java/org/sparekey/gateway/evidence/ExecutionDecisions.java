// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.capture.Guest;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.approval.ApprovalFault;
import org.sparekey.protocol.approval.ApprovalVerdict;
import org.sparekey.protocol.approval.FourEyes;
import org.sparekey.protocol.approval.KnownDelegations;
import org.sparekey.protocol.document.EnrolledSigner;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Issuer;

/**
 * Whether an approved order may be executed at this very moment: the guest, its disks and configuration and the
 * recipients are compared with what the officers signed. Tenancy and revocation are the orders room's to ask again.
 */
final class ExecutionDecisions {

    private ExecutionDecisions() {}

    sealed interface Decision {

        /** @param targets the approved disks, in the guest's order */
        record Capture(Guest guest, List<String> targets) implements Decision {}

        /** @param reason code of what differs */
        record Review(String reason) implements Decision {}
    }

    /**
     * @param basis what the officers signed for
     * @param guest as its hypervisor describes it now; empty when it is not listed any more
     * @param recipients key ids of the certificates the copy would be sealed to now, sorted
     * @param enrolled the register of document keys
     * @param delegations by which somebody fills an officer's seat
     * @param oneMaySecure an emergency whose issuer was called back
     */
    record Facts(
            ApprovalBasis basis,
            Issuer issuer,
            List<Approval> approvals,
            Optional<Guest> guest,
            List<Digest> recipients,
            Function<Digest, Optional<EnrolledSigner>> enrolled,
            KnownDelegations delegations,
            boolean oneMaySecure) {}

    static Decision decide(Facts facts, Instant now) {
        if (facts.guest().isEmpty()) {
            return new Decision.Review("GUEST_UNKNOWN");
        }
        Guest guest = facts.guest().get();
        ApprovalBasis live = live(facts, guest);
        List<ApprovalVerdict.Valid> valid = new ArrayList<>();
        for (Approval approval : facts.approvals()) {
            switch (ApprovalCheck.check(approval, live, facts.issuer(), facts.enrolled(), facts.delegations(), now)) {
                case ApprovalVerdict.Valid yes -> valid.add(yes);
                case ApprovalVerdict.Invalid(ApprovalFault fault) -> {
                    return new Decision.Review(fault.code());
                }
            }
        }
        return new FourEyes(valid).mayCapture(facts.oneMaySecure())
                ? new Decision.Capture(guest, targets(guest))
                : new Decision.Review("FOUR_EYES");
    }

    /** What an approval given at this moment would have to say. */
    private static ApprovalBasis live(Facts facts, Guest guest) {
        ApprovalBasis basis = facts.basis();
        return new ApprovalBasis(
                basis.orderDigest(),
                basis.verifiedLeaf(),
                basis.matrixRow(),
                basis.matrixVersion(),
                basis.asset(),
                guest.disks().stream().map(Guest.Disk::sourceId).toList(),
                guest.configurationHash(),
                facts.recipients(),
                basis.captureMemory());
    }

    private static List<String> targets(Guest guest) {
        return guest.disks().stream().map(Guest.Disk::target).toList();
    }
}
