// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.OrderKind;

/** An order as its row says. A row is no {@link VerifiedOrder}: it becomes one again only through verification. */
record OrderRow(OrderId id, Filed filed, Standing standing, Chain chain, Findings findings, Lease lease) {

    /**
     * What never changes.
     *
     * @param authority whose connection submitted it, and after verification its issuer's
     * @param authentic whether the document was proven its issuer's
     * @param receivedAt time of the entry that says it was submitted
     */
    record Filed(
            String authority,
            UUID documentId,
            boolean authentic,
            OrderKind kind,
            Digest digest,
            String orderJws,
            Optional<String> validatorJws,
            Optional<String> matrixRow,
            String matrixVersion,
            Instant receivedAt,
            Instant deadline) {}

    /**
     * @param needs what must arrive before the order goes on
     * @param version grows with every change that a reader can see
     * @param frozen the row was behind its log at start: two officers must resolve it
     * @param round of approvals
     * @param releasable two officers said release
     * @param handDue of a take-down: what the gateway's own hand may do, or has to undo
     */
    record Standing(
            OrderState state,
            Optional<String> needs,
            long version,
            boolean frozen,
            int round,
            boolean releasable,
            int attempt,
            Optional<Instant> holdUntil,
            boolean handDue) {}

    /** The place of the row's last entry in the case. */
    record Chain(long caseSeq, Digest lastLeaf) {

        /** Of a case that the log knows nothing of: the next entry is its first. */
        static final Chain NONE = new Chain(-1, Digest.sha256(new byte[0]));
    }

    /** What was found on the way. */
    record Findings(
            Optional<Digest> verifiedLeaf,
            Optional<Whereabouts> whereabouts,
            Optional<String> answerJws,
            Optional<ApprovalBasis> basis,
            List<X509Certificate> recipients,
            Optional<Digest> manifestDigest) {}

    record Lease(long epoch, Optional<Instant> until) {}

    OrderState state() {
        return standing.state();
    }
}
