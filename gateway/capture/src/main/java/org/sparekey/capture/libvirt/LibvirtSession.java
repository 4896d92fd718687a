// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Guest;
import org.sparekey.capture.nbd.NbdClient;
import org.sparekey.protocol.evidence.IsolationObservation;

/** One backup job, its exports, and everything that watches it. */
final class LibvirtSession implements CaptureSession {

    /** A job whose first event was not heard began before the listener was ready; the next try finds it ready. */
    private static final int TRIES = 3;

    private static final Duration FIRST_EVENT = Duration.ofSeconds(3);
    private static final Duration LAST_EVENT = Duration.ofSeconds(10);

    private final Guest guest;
    private final List<Guest.Disk> disks;
    private final Virsh virsh;
    private final JobDirectory directory;
    private final InstantSource clock;
    private final Runnable released;
    private final BackupJob job;
    private final Map<Guest.Disk, NbdClient> exports = new HashMap<>();
    private final List<IsolationObservation> observations = new ArrayList<>();

    private @Nullable EventWatch events;
    private @Nullable OpenWatch opens;
    private Instant pointInTime = Instant.EPOCH;
    private List<Path> others = List.of();
    private volatile boolean stoppedByUs;
    private boolean closed;

    LibvirtSession(
            Guest guest,
            List<Guest.Disk> disks,
            Virsh virsh,
            JobDirectory directory,
            InstantSource clock,
            Runnable released) {
        this.guest = guest;
        this.disks = List.copyOf(disks);
        this.virsh = virsh;
        this.directory = directory;
        this.clock = clock;
        this.released = released;
        this.job = new BackupJob(virsh, guest.uuid().toString());
    }

    /** @param others the disk files of every other guest */
    void begin(List<Path> others) throws IOException {
        this.others = others;
        opens = OpenWatch.start(others, directory.path());
        EventWatch watch = EventWatch.start(virsh, this::react);
        events = watch;
        pointInTime = start(watch).time();
        List<String> names = NbdClient.exports(directory.socket(), clock);
        boolean readOnly = true;
        for (Guest.Disk disk : disks) {
            NbdClient export = NbdClient.connect(directory.socket(), disk.target(), clock);
            exports.put(disk, export);
            readOnly &= export.readOnly();
            if (export.size() != disk.virtualSize()) {
                throw new CaptureException(
                        CaptureRefusal.CONFIGURATION_CHANGED, disk.target() + " has another size than approved");
            }
        }
        observations.add(Observations.exports(disks, names, readOnly));
    }

    @Override
    public Instant pointInTime() {
        return pointInTime;
    }

    @Override
    public Guest guest() {
        return guest;
    }

    @Override
    public List<Guest.Disk> disks() {
        return disks;
    }

    @Override
    public List<Extent> extents(Guest.Disk disk) throws IOException {
        return export(disk).extents();
    }

    @Override
    public void read(Guest.Disk disk, long offset, ByteBuffer into) throws IOException {
        try {
            export(disk).read(offset, into);
        } catch (IOException e) {
            throw stoppedByUs ? stopped(e) : e;
        }
        if (stoppedByUs) {
            throw stopped(null);
        }
    }

    @Override
    public List<IsolationObservation> observations() {
        return List.copyOf(observations);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            observations.add(Observations.openFiles(guest, others));
            disconnect();
            job.end(directory);
            observe();
        } finally {
            abort();
        }
        if (stoppedByUs) {
            throw stopped(null);
        }
    }

    /** Leaves no job, no scratch, no socket and no process; what fails is left to {@link LibvirtHypervisor#recover()}. */
    @Override
    public void abort() {
        if (closed) {
            return;
        }
        closed = true;
        quietly(this::disconnect);
        quietly(() -> job.end(directory));
        if (stoppedByUs) {
            quietly(job::resumeAfterIoError);
        }
        EventWatch watch = events;
        if (watch != null) {
            quietly(watch::close);
        }
        OpenWatch files = opens;
        if (files != null) {
            quietly(files::close);
        }
        quietly(directory::delete);
        released.run();
    }

    /** The job's first event is the positive control of the whole stream: heard, so everything since is heard. */
    private MonitorEvent start(EventWatch watch) throws IOException {
        String target = disks.getFirst().target();
        for (int i = 0; i < TRIES; i++) {
            int before = watch.events().size();
            job.begin(guest, disks, directory);
            Optional<MonitorEvent> created = watch.await(
                    event -> watch.events().indexOf(event) >= before && event.backup(guest.name(), target, "created"),
                    FIRST_EVENT);
            if (created.isPresent()) {
                return watch.await(
                                event -> event.backup(guest.name(), target, "running")
                                        && !event.time().isBefore(created.get().time()),
                                FIRST_EVENT)
                        .orElse(created.get());
            }
            job.end(directory);
        }
        throw new CaptureException(CaptureRefusal.EVENTS_UNSEEN, "the hypervisor's event stream is silent");
    }

    private void observe() throws IOException {
        EventWatch watch = events;
        OpenWatch files = opens;
        if (watch == null || files == null) {
            return;
        }
        Optional<MonitorEvent> ended = watch.await(
                event -> event.backup(guest.name(), disks.getFirst().target(), "null")
                        && !event.time().isBefore(pointInTime),
                LAST_EVENT);
        observations.add(Observations.stops(watch.events(), watch.whole() && ended.isPresent()));
        observations.add(files.observed());
    }

    /**
     * Runs on the listener's thread: a guest that stands still because our scratch is full must run again within two
     * seconds, whatever the reading thread is waiting for.
     */
    private void react(MonitorEvent event) {
        if (event.ioError() && event.domain().equals(guest.name())) {
            stoppedByUs = true;
            quietly(() -> job.end(directory));
            quietly(job::resumeAfterIoError);
        }
    }

    private NbdClient export(Guest.Disk disk) {
        NbdClient export = exports.get(disk);
        if (export == null) {
            throw new IllegalArgumentException("a disk that was not asked for");
        }
        return export;
    }

    private void disconnect() throws IOException {
        for (NbdClient export : exports.values()) {
            export.close();
        }
        exports.clear();
    }

    private static CaptureException stopped(@Nullable IOException cause) {
        CaptureException stopped = new CaptureException(
                CaptureRefusal.GUEST_STOPPED, "the guest stopped during the capture; job ended, guest resumed");
        if (cause != null) {
            stopped.initCause(cause);
        }
        return stopped;
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            // The failure that led here is the one to report; recovery finds whatever is left.
            System.getLogger(LibvirtSession.class.getName())
                    .log(System.Logger.Level.WARNING, "a clean-up step after a capture failed", e);
        }
    }
}
