// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * What an approval is bound to: the order, its verified entry, the law applied, the located asset as it is configured
 * now, and who will be able to open the evidence. The officer's tool puts these into an {@link ApprovalStatement}; the
 * gateway, the node and the verifier compare them with their own.
 *
 * @param orderDigest digest of the order's compact JWS
 * @param verifiedLeaf leaf hash of the log entry that says the order was verified
 * @param diskIds source ids of the disks, in the guest's order
 * @param configurationHash SHA-256 over the guest's named stable fields (9-formats)
 * @param recipients SPKI key ids of the case team's certificates and the authority's recovery certificate, sorted; none
 *     for a take-down, which seals nothing
 * @param copy digest of the manifest of a sealed and withheld copy, where that very copy is let go and none is made
 */
public record ApprovalBasis(
        Digest orderDigest,
        Digest verifiedLeaf,
        String matrixRow,
        String matrixVersion,
        LocatedAsset asset,
        List<String> diskIds,
        Digest configurationHash,
        List<Digest> recipients,
        boolean captureMemory,
        Optional<Digest> copy) {

    public ApprovalBasis {
        diskIds = List.copyOf(diskIds);
        recipients = List.copyOf(recipients);
    }

    /** What is yet to be captured. */
    public ApprovalBasis(
            Digest orderDigest,
            Digest verifiedLeaf,
            String matrixRow,
            String matrixVersion,
            LocatedAsset asset,
            List<String> diskIds,
            Digest configurationHash,
            List<Digest> recipients,
            boolean captureMemory) {
        this(
                orderDigest,
                verifiedLeaf,
                matrixRow,
                matrixVersion,
                asset,
                diskIds,
                configurationHash,
                recipients,
                captureMemory,
                Optional.empty());
    }
}
