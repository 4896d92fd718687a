// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.approval.Approval;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.json.Digest;

/**
 * Everything on file about an order, for delivery and for the bundle.
 *
 * @param documentId the issuer's own id
 * @param authority whose order it is
 * @param state its word
 * @param digest of the signed order
 * @param orderJws compact JWS, or the text of a signed PDF
 * @param approvals of the round that counts
 * @param revocationLists DER, as they were when the order was received
 * @param revocationAnswers DER OCSP responses of that time
 * @param documents attached to it
 * @param manifestDigest once secured
 * @param calledBack whether proof 4 was taken
 */
public record OrderFile(
        OrderId id,
        UUID documentId,
        String authority,
        String state,
        String matrixVersion,
        Digest digest,
        String orderJws,
        Optional<String> validatorJws,
        Optional<String> answerJws,
        List<Approval> approvals,
        Optional<ApprovalBasis> basis,
        List<byte[]> revocationLists,
        List<byte[]> revocationAnswers,
        List<byte[]> documents,
        Optional<Digest> manifestDigest,
        boolean calledBack) {

    public OrderFile {
        approvals = List.copyOf(approvals);
        revocationLists = List.copyOf(revocationLists);
        revocationAnswers = List.copyOf(revocationAnswers);
        documents = List.copyOf(documents);
    }
}
