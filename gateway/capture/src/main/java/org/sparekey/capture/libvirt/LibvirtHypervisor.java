// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Hypervisor;
import org.sparekey.capture.Preflight;
import org.sparekey.protocol.evidence.GuestLinks;

/**
 * Guests of one libvirt daemon. A capture is a pull-mode backup job: QEMU keeps the blocks that the guest overwrites in a
 * scratch file and serves the disk as it was when the job began; the guest is not paused (4-evidence).
 */
public final class LibvirtHypervisor implements Hypervisor {

    public static final String DRIVER = "libvirt";

    private final LibvirtSettings settings;
    private final InstantSource clock;
    private final Virsh virsh;
    private final Domains domains;
    private final Links links;
    private final Set<UUID> captured = ConcurrentHashMap.newKeySet();
    private final Set<JobDirectory> active = new HashSet<>();

    public LibvirtHypervisor(LibvirtSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.virsh = new Virsh(settings);
        this.domains = new Domains(virsh, settings.cluster());
        this.links = new Links(virsh);
    }

    @Override
    public String driver() {
        return DRIVER;
    }

    @Override
    public List<Guest> guests() throws IOException {
        return domains.all();
    }

    @Override
    public Preflight preflight(Guest guest, List<Guest.Disk> disks) throws IOException {
        try {
            check(guest, disks);
            return new Preflight.Ready();
        } catch (CaptureException e) {
            return new Preflight.Refused(e.refusal(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CaptureSession capture(Guest guest, List<Guest.Disk> disks) throws IOException {
        if (!captured.add(guest.uuid())) {
            throw new CaptureException(CaptureRefusal.JOB_RUNNING, "this guest is being captured");
        }
        LibvirtSession session = null;
        try {
            check(guest, disks);
            JobDirectory directory = make();
            session = new LibvirtSession(guest, disks, virsh, directory, clock, () -> release(guest, directory));
            session.begin(domains.filesOfOthers(guest));
            return session;
        } catch (IOException | RuntimeException e) {
            if (session == null) {
                captured.remove(guest.uuid());
            } else {
                session.abort();
            }
            throw e;
        }
    }

    @Override
    public List<String> recover() throws IOException {
        List<String> done = new ArrayList<>();
        for (JobDirectory left : left()) {
            for (Guest guest : guests()) {
                if (guest.state() != Guest.State.OFF) {
                    recover(guest, left, done);
                }
            }
            left.delete();
            done.add("scratch and socket of a lost job deleted");
        }
        return done;
    }

    @Override
    public GuestLinks links(Guest guest) throws IOException {
        return links.of(guest);
    }

    @Override
    public GuestLinks isolate(Guest guest) throws IOException {
        return links.cut(guest);
    }

    @Override
    public GuestLinks restore(Guest guest, GuestLinks before) throws IOException {
        return links.restore(guest, before);
    }

    @Override
    public Map<String, String> versions() throws IOException {
        Map<String, String> facts = Domains.facts(virsh.run("version"));
        return Map.of(
                "libvirt", facts.getOrDefault("Using library", "unknown"),
                "qemu", facts.getOrDefault("Running hypervisor", "unknown"));
    }

    /** The lock keeps a directory that is just being made from looking like one that was left. */
    private synchronized JobDirectory make() throws IOException {
        JobDirectory made = JobDirectory.make(settings);
        active.add(made);
        return made;
    }

    private synchronized void release(Guest guest, JobDirectory directory) {
        active.remove(directory);
        captured.remove(guest.uuid());
    }

    private synchronized List<JobDirectory> left() throws IOException {
        Files.createDirectories(settings.workDirectory());
        return JobDirectory.left(settings).stream()
                .filter(directory -> !active.contains(directory))
                .toList();
    }

    private void recover(Guest guest, JobDirectory left, List<String> done) throws IOException {
        BackupJob job = new BackupJob(virsh, guest.uuid().toString());
        if (job.servesFrom(left)) {
            job.end(left);
            done.add("backup job of " + guest.uuid() + " ended");
            if (job.resumeAfterIoError()) {
                done.add("guest " + guest.uuid() + " resumed");
            }
        }
    }

    private void check(Guest guest, List<Guest.Disk> disks) throws IOException {
        if (guest.state() != Guest.State.RUNNING) {
            throw new CaptureException(CaptureRefusal.GUEST_STATE, "the guest does not run");
        }
        if (new BackupJob(virsh, guest.uuid().toString()).running()) {
            throw new CaptureException(CaptureRefusal.JOB_RUNNING, "the guest has another job");
        }
        Files.createDirectories(settings.workDirectory());
        long needed = disks.stream().mapToLong(Guest.Disk::virtualSize).sum() / 100 * settings.scratchPercent();
        if (Files.getFileStore(settings.workDirectory()).getUsableSpace() < needed) {
            throw new CaptureException(CaptureRefusal.SCRATCH_TOO_SMALL, "too little room for the scratch files");
        }
    }
}
