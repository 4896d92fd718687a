// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.Preflight;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.evidence.ToolVersion;
import org.sparekey.protocol.json.Digest;

/** Captures one approved guest and seals it to its recipients. Holds no state: one object serves every capture. */
public final class Sealer {

    private final SecureRandom random;
    private final InstantSource clock;

    public Sealer(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * Runs one attempt. A crash anywhere leaves committed volumes and perhaps a job on the hypervisor, never a plaintext
     * and never the identity: such an attempt is lost, its job is ended by {@link Hypervisor#recover()} and its files are
     * destroyed, not delivered.
     *
     * @param volumes takes the volumes and {@code IMAGES.sha256}
     * @param keys takes {@code key.cms}, kept apart until the release; may be the same store
     * @throws CaptureException for every refusal, with its code
     */
    public SealedCapture capture(
            Hypervisor hypervisor, SealRequest request, EvidenceStore volumes, EvidenceStore keys, Progress progress)
            throws IOException {
        Guest guest = find(hypervisor, request);
        List<Guest.Disk> disks = approved(guest, request);
        if (hypervisor.preflight(guest, disks) instanceof Preflight.Refused(CaptureRefusal refusal, String words)) {
            throw new CaptureException(refusal, words);
        }
        SealedKey key = sealKey(request.recipients(), keys);
        CaptureSession session = hypervisor.capture(guest, disks);
        List<CapturedDisk> sealed;
        try {
            sealed = new DiskSealer(session, key.recipient(), request.plan(), volumes, progress, clock).all();
            session.close();
        } catch (IOException | RuntimeException e) {
            session.abort();
            throw e;
        }
        return new SealedCapture(
                guest,
                session.pointInTime(),
                clock.instant(),
                request.configurationHash(),
                sameGuest(hypervisor, request).configurationHash(),
                key.recipient(),
                key.file(),
                images(sealed, volumes),
                request.recipients().keyIds(),
                sealed,
                tools(hypervisor),
                session.observations());
    }

    private record SealedKey(String recipient, StoredFile file) {}

    /** The identity is gone before the first block is read: from here on only the recipients can open what follows. */
    private SealedKey sealKey(Recipients recipients, EvidenceStore keys) throws IOException {
        try (AgeIdentity identity = AgeIdentity.generate(random)) {
            byte[] envelope = KeyEnvelope.seal(identity.identityFile(), recipients, random);
            return new SealedKey(identity.recipient(), write(keys, EvidenceFolder.KEY, envelope));
        }
    }

    private static Guest find(Hypervisor hypervisor, SealRequest request) throws IOException {
        Guest guest = sameGuest(hypervisor, request);
        if (!guest.configurationHash().equals(request.configurationHash())) {
            throw new CaptureException(
                    CaptureRefusal.CONFIGURATION_CHANGED, "the guest's configuration is not the approved one");
        }
        return guest;
    }

    private static Guest sameGuest(Hypervisor hypervisor, SealRequest request) throws IOException {
        return hypervisor.guests().stream()
                .filter(guest -> guest.cluster().equals(request.cluster())
                        && guest.uuid().equals(request.uuid())
                        && guest.vmId().equals(request.vmId()))
                .findFirst()
                .orElseThrow(() -> new CaptureException(
                        CaptureRefusal.GUEST_UNKNOWN, "the hypervisor does not list the approved guest"));
    }

    private static List<Guest.Disk> approved(Guest guest, SealRequest request) throws CaptureException {
        List<Guest.Disk> disks = new ArrayList<>();
        for (String target : request.targets()) {
            disks.add(guest.disks().stream()
                    .filter(disk -> disk.target().equals(target))
                    .findFirst()
                    .orElseThrow(() ->
                            new CaptureException(CaptureRefusal.DISK_MISSING, "the guest has no disk of that name")));
        }
        return disks;
    }

    private static StoredFile images(List<CapturedDisk> disks, EvidenceStore store) throws IOException {
        Map<String, Digest> images = new TreeMap<>();
        disks.forEach(disk -> images.put(EvidenceFolder.image(disk.number()), disk.image()));
        return write(store, EvidenceFolder.IMAGES, DigestList.of(images).bytes());
    }

    private static StoredFile write(EvidenceStore store, String name, byte[] bytes) throws IOException {
        try (NewFile file = store.create(name)) {
            file.write(ByteBuffer.wrap(bytes));
            return file.commit();
        }
    }

    private static List<ToolVersion> tools(Hypervisor hypervisor) throws IOException {
        Map<String, String> versions = new TreeMap<>(hypervisor.versions());
        versions.putAll(Versions.ours());
        return versions.entrySet().stream()
                .map(tool -> new ToolVersion(tool.getKey(), tool.getValue()))
                .toList();
    }
}
