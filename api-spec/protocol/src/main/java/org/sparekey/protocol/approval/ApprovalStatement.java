// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * What an officer signs: this order, for this located target, with these disks, to these recipients. Every field is
 * compared again before execution; any difference returns the order to review.
 *
 * @param orderDigest digest of the order's compact JWS
 * @param verifiedLeaf leaf hash of the log entry that says the order was verified
 * @param matrixRow row of the legal-basis matrix that allowed it
 * @param diskIds source ids of the disks, in the guest's order
 * @param configurationHash see 9-formats: SHA-256 over the guest's named stable fields
 * @param recipients SPKI key ids of the certificates the evidence is sealed to, sorted
 * @param copy digest of the manifest of the withheld copy that is let go; absent where a copy is made
 * @param reason commitment to the officer's words; mandatory for REFUSE
 * @param officer the number of who signs
 * @param delegation digest of the delegation by which he fills an officer's seat; absent where he speaks for himself
 */
public record ApprovalStatement(
        int v,
        String type,
        Digest orderDigest,
        Digest verifiedLeaf,
        String matrixRow,
        String matrixVersion,
        LocatedAsset asset,
        List<String> diskIds,
        Digest configurationHash,
        List<Digest> recipients,
        boolean captureMemory,
        Optional<Digest> copy,
        Decision decision,
        Optional<Digest> reason,
        String officer,
        Optional<Digest> delegation,
        Bytes nonce,
        Instant time,
        Instant expiry,
        Bytes salt) {

    public static final String TYPE = "approval";
    public static final int VERSION = 1;
    public static final int NONCE_BYTES = 16;
    public static final int SALT_BYTES = 32;

    public ApprovalStatement {
        diskIds = List.copyOf(diskIds);
        recipients = List.copyOf(recipients);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not an approval of version 1");
        }
        if (nonce.length() != NONCE_BYTES || salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a nonce has 16 bytes and a salt 32");
        }
        if (!time.isBefore(expiry)) {
            throw new IllegalArgumentException("an approval expires after its time");
        }
        if (decision == Decision.REFUSE && reason.isEmpty()) {
            throw new IllegalArgumentException("a refusal commits to its reason");
        }
    }

    /** Speaking for himself. */
    public ApprovalStatement(
            int v,
            String type,
            Digest orderDigest,
            Digest verifiedLeaf,
            String matrixRow,
            String matrixVersion,
            LocatedAsset asset,
            List<String> diskIds,
            Digest configurationHash,
            List<Digest> recipients,
            boolean captureMemory,
            Optional<Digest> copy,
            Decision decision,
            Optional<Digest> reason,
            String officer,
            Bytes nonce,
            Instant time,
            Instant expiry,
            Bytes salt) {
        this(
                v,
                type,
                orderDigest,
                verifiedLeaf,
                matrixRow,
                matrixVersion,
                asset,
                diskIds,
                configurationHash,
                recipients,
                captureMemory,
                copy,
                decision,
                reason,
                officer,
                Optional.empty(),
                nonce,
                time,
                expiry,
                salt);
    }

    /** The same for what is yet to be captured. */
    public ApprovalStatement(
            int v,
            String type,
            Digest orderDigest,
            Digest verifiedLeaf,
            String matrixRow,
            String matrixVersion,
            LocatedAsset asset,
            List<String> diskIds,
            Digest configurationHash,
            List<Digest> recipients,
            boolean captureMemory,
            Decision decision,
            Optional<Digest> reason,
            String officer,
            Bytes nonce,
            Instant time,
            Instant expiry,
            Bytes salt) {
        this(
                v,
                type,
                orderDigest,
                verifiedLeaf,
                matrixRow,
                matrixVersion,
                asset,
                diskIds,
                configurationHash,
                recipients,
                captureMemory,
                Optional.empty(),
                decision,
                reason,
                officer,
                nonce,
                time,
                expiry,
                salt);
    }
}
