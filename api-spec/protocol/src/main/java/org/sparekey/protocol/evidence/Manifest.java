// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sparekey.protocol.approval.ExecutionTicket;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.order.Assurance;

/**
 * What was read, when, by whose order, and how isolation was observed; signed by the gateway's manifest key. Officers
 * appear by number. A time-stamp or a log proof lies beside the manifest and never inside: it is younger.
 *
 * @param orderDigest digest of the order's compact JWS
 * @param approvals what the officers signed, by digest
 * @param intentLeaf leaf hash of the log entry that announced this attempt before anything was read
 * @param ticketDigest digest of the execution ticket's compact JWS
 * @param custody {@link #HOSTER} or {@link #RESELLER_ADMINISTERED}: who is root where the copy was made
 * @param configurationBefore the approved configuration hash, computed again before the capture
 * @param configurationAfter the same after the capture
 * @param pointInTime the instant that the copy shows, by the hypervisor's clock
 * @param finishedAt when the last volume was stored
 * @param ageRecipient the one public key ({@code age1...}) that every volume is encrypted to
 * @param recipients SPKI key ids of the certificates that key.cms is sealed to, sorted
 * @param tools names and versions of what read and sealed
 * @param assurance how it was known that the order was its issuer's; a manifest without it can be read, and the verifier refuses it
 */
public record Manifest(
        int v,
        String type,
        UUID orderId,
        Digest orderDigest,
        List<ApprovalReference> approvals,
        int attempt,
        Digest intentLeaf,
        Digest ticketDigest,
        LocatedAsset asset,
        String custody,
        Digest configurationBefore,
        Digest configurationAfter,
        Instant pointInTime,
        Instant finishedAt,
        String ageRecipient,
        List<Digest> recipients,
        List<CapturedDisk> disks,
        List<ToolVersion> tools,
        List<IsolationObservation> observations,
        Optional<Assurance> assurance,
        Bytes salt) {

    public static final String TYPE = "manifest";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;
    public static final String HOSTER = "hoster";
    public static final String RESELLER_ADMINISTERED = "reseller-administered";

    public Manifest {
        approvals = List.copyOf(approvals);
        recipients = List.copyOf(recipients);
        disks = List.copyOf(disks);
        tools = List.copyOf(tools);
        observations = List.copyOf(observations);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a manifest of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        if (!custody.equals(HOSTER) && !custody.equals(RESELLER_ADMINISTERED)) {
            throw new IllegalArgumentException("custody is hoster or reseller-administered");
        }
        if (attempt < 1 || attempt > ExecutionTicket.MAX_ATTEMPTS) {
            throw new IllegalArgumentException("an attempt is between 1 and 3");
        }
        Set<Integer> numbers = new HashSet<>();
        if (disks.isEmpty() || !disks.stream().allMatch(disk -> numbers.add(disk.number()))) {
            throw new IllegalArgumentException("a manifest names at least one disk and none twice");
        }
    }
}
