// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.sparekey.gateway.inventory.Observation;
import org.sparekey.protocol.registration.IpPrefix;
import org.sparekey.protocol.registration.RegistrationRecord;

/**
 * Whether what runs confirms a registration: at least two independent identifiers agree with one guest, and no other
 * guest bears one that this guest lacks. A UUID alone is never proof, because clones share it.
 */
sealed interface Matching {

    int NEEDED = 2;

    record Matched(Observation guest) implements Matching {}

    record Not(Mismatch mismatch) implements Matching {}

    static Matching of(RegistrationRecord record, List<Observation> running) {
        List<Observation> cluster = running.stream()
                .filter(guest -> guest.cluster().equals(record.cluster()))
                .toList();
        if (cluster.isEmpty()) {
            return new Not(Mismatch.NOT_OBSERVED);
        }
        List<Observation> agreeing =
                cluster.stream().filter(guest -> agrees(record, guest)).toList();
        if (agreeing.isEmpty()) {
            return new Not(Mismatch.TOO_FEW_IDENTIFIERS);
        }
        boolean alone =
                agreeing.size() == 1 && cluster.stream().allMatch(other -> bearsNoMore(record, other, agreeing.get(0)));
        return alone ? new Matched(agreeing.get(0)) : new Not(Mismatch.CONTRADICTING);
    }

    /** Whether enough identifiers agree and none that only one guest can bear says otherwise. */
    static boolean agrees(RegistrationRecord record, Observation guest) {
        return count(record, guest) >= NEEDED && !contradicted(record, guest);
    }

    /** How many identifiers agree. */
    static long count(RegistrationRecord record, Observation guest) {
        return agreement(record, guest).stream().filter(yes -> yes).count();
    }

    /** A number that is used again brings the old number's disk names with it, but not its UUID and not its cards. */
    private static boolean contradicted(RegistrationRecord record, Observation guest) {
        boolean otherUuid = !guest.uuid().isEmpty()
                && record.uuid().map(uuid -> !uuid.equals(guest.uuid())).orElse(false);
        boolean otherCards = !guest.macs().isEmpty()
                && !record.macs().isEmpty()
                && record.macs().stream().noneMatch(guest.macs()::contains);
        return otherUuid || otherCards;
    }

    /** Proxmox names a disk after the guest's number ({@code vm-101-disk-0}): together with the number it proves nothing. */
    private static boolean followsFromNumber(RegistrationRecord record) {
        return record.vmId()
                .map(vmId -> record.diskIds().stream()
                        .allMatch(disk -> disk.matches(".*(vm|subvol|base|basevol)-" + Pattern.quote(vmId) + "-.*")))
                .orElse(false);
    }

    /** Whether the guest bears the registration's UUID or VM id, in its cluster. */
    static boolean bears(RegistrationRecord record, Observation guest) {
        return guest.cluster().equals(record.cluster())
                && (record.uuid().equals(Optional.of(guest.uuid()))
                        || record.vmId().equals(Optional.of(guest.vmId())));
    }

    private static boolean bearsNoMore(RegistrationRecord record, Observation other, Observation best) {
        List<Boolean> theirs = agreement(record, other);
        List<Boolean> ours = agreement(record, best);
        return IntStream.range(0, theirs.size()).allMatch(i -> !theirs.get(i) || ours.get(i));
    }

    /**
     * Five identifiers that do not follow from each other: UUID, VM id, disks, network cards, addresses (seen at the
     * hypervisor or routed by the hoster's own plan). A reseller's four-column file names VM id and address only.
     */
    private static List<Boolean> agreement(RegistrationRecord record, Observation guest) {
        return List.of(
                record.uuid().equals(Optional.of(guest.uuid())),
                record.vmId().equals(Optional.of(guest.vmId())),
                !record.diskIds().isEmpty()
                        && guest.diskIds().containsAll(record.diskIds())
                        && !followsFromNumber(record),
                !record.macs().isEmpty() && guest.macs().containsAll(record.macs()),
                !record.addresses().isEmpty()
                        && record.addresses().stream()
                                .allMatch(address -> guest.has(IpPrefix.parse(address.prefix()))));
    }
}
