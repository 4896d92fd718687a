// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;

/**
 * One line of a registration batch: which VPS exists, and since when for the same customer. No price, package or name.
 *
 * @param vmId the hypervisor's own number or name
 * @param diskIds the hypervisor's source ids of the disks
 * @param state RUNNING or STOPPED, as the reseller sees it
 * @param validFrom since when this is so
 * @param vpsRef random, for the life of the asset
 * @param tenancyRef random per asset, new whenever the customer changes or the disk is reinstalled
 * @param reviewBeforeCapture a neutral flag; the reason stays sealed with the reseller
 * @param recipientKeyId reserved for level L2
 * @param pseudonym per asset and UTC month of validFrom, at L1
 */
public record RegistrationRecord(
        int v,
        String type,
        Event event,
        AssetKind assetKind,
        CaptureMeans captureMeans,
        String cluster,
        Optional<String> node,
        Optional<String> vmId,
        Optional<String> uuid,
        List<String> macs,
        List<String> diskIds,
        List<AssignedAddress> addresses,
        String state,
        Instant validFrom,
        Tenancy tenancy,
        boolean reviewBeforeCapture,
        String vpsRef,
        String tenancyRef,
        AssuranceLevel assuranceLevel,
        Optional<String> recipientKeyId,
        Optional<Digest> pseudonym,
        Optional<Commitments> commitments,
        Bytes salt) {

    public static final String TYPE = "registration";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;
    public static final int MAX_LIST = 256;

    public RegistrationRecord {
        macs = List.copyOf(macs);
        diskIds = List.copyOf(diskIds);
        addresses = List.copyOf(addresses);
        if (v != VERSION || !type.equals(TYPE)) {
            throw new IllegalArgumentException("not a registration of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        if (macs.size() > MAX_LIST || diskIds.size() > MAX_LIST || addresses.size() > MAX_LIST) {
            throw new IllegalArgumentException("at most 256 entries in a list");
        }
        if (assuranceLevel == AssuranceLevel.L2 || recipientKeyId.isPresent()) {
            throw new IllegalArgumentException("assurance level L2 is reserved");
        }
        boolean identified = assuranceLevel == AssuranceLevel.L1;
        if (pseudonym.isPresent() != identified || commitments.isPresent() != identified) {
            throw new IllegalArgumentException("a pseudonym and commitments come with L1 and only with L1");
        }
    }
}
