// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.FieldFault;

/**
 * One line of a registration batch: which VPS exists, and since when for the same customer. No price, package or name.
 *
 * @param vmId the hypervisor's own number or name
 * @param diskIds the hypervisor's source ids of the disks
 * @param state RUNNING or STOPPED, as the reseller sees it
 * @param validFrom since when this is so
 * @param vpsRef random, for the life of the asset
 * @param tenancyRef random per asset, new whenever the customer changes or the disk is reinstalled
 * @param customerRole absent where the reseller says nothing about it
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
        Optional<CustomerRole> customerRole,
        boolean reviewBeforeCapture,
        String vpsRef,
        String tenancyRef,
        AssuranceLevel assuranceLevel,
        Optional<String> recipientKeyId,
        Optional<Digest> pseudonym,
        Optional<Commitments> commitments,
        Bytes salt)
        implements RegistrationLine {

    public static final String TYPE = "registration";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;
    public static final int MAX_LIST = 256;

    public RegistrationRecord {
        macs = List.copyOf(macs);
        diskIds = List.copyOf(diskIds);
        addresses = List.copyOf(addresses);
        RegistrationLine.checkForm(v, type, TYPE, salt);
        checkLength("/macs", macs);
        checkLength("/diskIds", diskIds);
        checkLength("/addresses", addresses);
        if (assuranceLevel == AssuranceLevel.L2) {
            throw new FieldFault("/assuranceLevel", "assurance level L2 is reserved");
        }
        if (recipientKeyId.isPresent()) {
            throw new FieldFault("/recipientKeyId", "assurance level L2 is reserved");
        }
        boolean identified = assuranceLevel == AssuranceLevel.L1;
        if (pseudonym.isPresent() != identified) {
            throw new FieldFault("/pseudonym", "a pseudonym comes with L1 and only with L1");
        }
        if (commitments.isPresent() != identified) {
            throw new FieldFault("/commitments", "commitments come with L1 and only with L1");
        }
    }

    private static void checkLength(String pointer, List<?> list) {
        if (list.size() > MAX_LIST) {
            throw new FieldFault(pointer, "at most 256 entries in a list");
        }
    }

    /** The same asset as it would be told with these addresses from another instant on. */
    public RegistrationRecord holding(List<AssignedAddress> others, Instant since) {
        return new RegistrationRecord(
                v,
                type,
                event,
                assetKind,
                captureMeans,
                cluster,
                node,
                vmId,
                uuid,
                macs,
                diskIds,
                others,
                state,
                since,
                tenancy,
                customerRole,
                reviewBeforeCapture,
                vpsRef,
                tenancyRef,
                assuranceLevel,
                recipientKeyId,
                pseudonym,
                commitments,
                salt);
    }

    @Override
    public List<RegistrationRecord> records() {
        return List.of(this);
    }

    @Override
    public List<String> pointers() {
        return List.of("");
    }

    @Override
    public <T> T match(
            Function<RegistrationRecord, T> record, Function<AddressMove, T> move, Function<HandOver, T> handOver) {
        return record.apply(this);
    }

    /**
     * What says that two records speak of one machine: the first identifier that both bear in one cluster.
     *
     * @return the JSON pointer to it in this record
     */
    public Optional<String> sharesWith(RegistrationRecord other) {
        if (!cluster.equals(other.cluster)) {
            return Optional.empty();
        }
        if (uuid.isPresent() && uuid.equals(other.uuid)) {
            return Optional.of("/uuid");
        }
        if (vmId.isPresent() && vmId.equals(other.vmId)) {
            return Optional.of("/vmId");
        }
        return firstShared(diskIds, other.diskIds, "/diskIds/").or(() -> firstShared(macs, other.macs, "/macs/"));
    }

    private static Optional<String> firstShared(List<String> ours, List<String> theirs, String pointer) {
        return ours.stream().filter(theirs::contains).findFirst().map(value -> pointer + ours.indexOf(value));
    }
}
