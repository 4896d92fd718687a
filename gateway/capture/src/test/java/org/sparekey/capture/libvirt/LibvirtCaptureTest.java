// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Guest;
import org.sparekey.capture.LinksContract;
import org.sparekey.capture.Preflight;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.Tools;
import org.sparekey.capture.seal.Recipients;
import org.sparekey.capture.seal.SealPlan;
import org.sparekey.capture.seal.SealRequest;
import org.sparekey.capture.seal.SealedCapture;
import org.sparekey.capture.seal.Sealer;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.evidence.IsolationObservation;
import org.sparekey.testkit.guest.TestGuests;

/** Two running guests; one is captured. The other, and the first but for its copy, must not notice. */
class LibvirtCaptureTest {

    private static final String TARGET = "sparekey-target";
    private static final String NEIGHBOUR = "sparekey-neighbour";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestGuests guests;
    private static Path work;

    @TempDir
    Path temp;

    /** What libnbd's copy took while our job stood. */
    private Duration copying = Duration.ZERO;

    private GuestOracle oracle() {
        return new GuestOracle(guests, temp);
    }

    @BeforeAll
    static void boot() throws Exception {
        Tools.require(
                "virsh",
                "libvirtd",
                "virtlogd",
                "qemu-system-x86_64",
                "mke2fs",
                "busybox",
                "nbdcopy",
                "nbdinfo",
                "e2fsck",
                "debugfs",
                "age",
                "zstd",
                "openssl",
                "sha256sum");
        guests = TestGuests.start(CLOCK, TARGET, NEIGHBOUR);
        work = guests.directory().resolve("w");
    }

    @AfterAll
    static void shutDown() throws IOException {
        if (guests != null) {
            guests.close();
        }
    }

    @AfterEach
    void nothing_is_left_behind() throws IOException {
        assertThat(guests.virsh("domjobinfo", TARGET)).contains("None");
        if (Files.exists(work)) {
            assertThat(work).isEmptyDirectory();
        }
    }

    @Test
    void one_running_guest_is_copied_and_nobody_notices() throws Exception {
        TestRecipient investigator = TestRecipient.rsa();
        Path folder = temp.resolve("evidence");
        int targetBefore = guests.beats(TARGET).all().size();
        int neighbourBefore = guests.beats(NEIGHBOUR).all().size();
        guests.beats(TARGET).await(10, PATIENCE);
        int targetFrom = guests.beats(TARGET).all().size();
        int neighbourFrom = guests.beats(NEIGHBOUR).all().size();

        Instant begun = CLOCK.instant();
        SealedCapture sealed = seal(investigator, folder);
        System.out.println("captured and sealed in "
                + Duration.between(begun, CLOCK.instant()).minus(copying).toMillis() + " ms, read "
                + sealed.disks().getFirst().bytesRead() + " bytes");
        guests.beats(TARGET).await(5, PATIENCE);
        guests.beats(NEIGHBOUR).await(5, PATIENCE);

        assertThat(sealed.observations())
                .as("%s", sealed.observations())
                .extracting(IsolationObservation::kind)
                .containsExactlyInAnyOrder("export-list", "open-files", "stop-events", "disk-opens");
        assertThat(sealed.observations()).allMatch(IsolationObservation::asPromised, "is as promised");
        Map<String, IsolationObservation> seen = sealed.observations().stream()
                .collect(Collectors.toMap(IsolationObservation::kind, Function.identity()));
        assertThat(fact(seen, "stop-events", "stopOrResume")).isEqualTo("0");
        assertThat(fact(seen, "disk-opens", "opensAtLeast")).isEqualTo("0");
        assertThat(fact(seen, "disk-opens", "disksWatched")).isEqualTo("1");
        assertThat(Integer.parseInt(fact(seen, "disk-opens", "positiveControl")))
                .isPositive();
        oracle().gapless(NEIGHBOUR, neighbourBefore, neighbourFrom);
        oracle().gapless(TARGET, targetBefore, targetFrom);

        CapturedDisk disk = sealed.disks().getFirst();
        long allocated = oracle().allocated();
        assertThat(disk.bytesRead()).isEqualTo(disk.extentBytes()).isLessThanOrEqualTo(allocated + allocated / 100);
        assertThat(disk.image()).isEqualTo(oracle().copied());
        assertThat(sealed.configurationAfter()).isEqualTo(sealed.configurationBefore());
        oracle().opensWithDebiansTools(investigator, folder);
        oracle().lastBeatIsThePointInTime(TARGET, folder.resolve("disk01.raw"), sealed.pointInTime());
    }

    @Test
    void one_guest_goes_off_the_net_and_gets_back_what_it_had_and_its_neighbour_sees_nothing() throws Exception {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        guests.beats(TARGET).awaitCarriers("10", PATIENCE);
        guests.beats(NEIGHBOUR).awaitCarriers("10", PATIENCE);
        GuestLinks before = hypervisor.links(target);

        assertThat(hypervisor.isolate(target).cut()).isTrue();
        guests.beats(TARGET).awaitCarriers("00", PATIENCE);
        assertThat(guests.virsh("domif-getlink", TARGET, guests.guest(TARGET).mac(1)))
                .contains("down");
        assertThat(guests.virsh("domstate", TARGET)).as("it runs on").contains("running");
        guests.beats(NEIGHBOUR).await(10, PATIENCE);
        assertThat(guests.beats(NEIGHBOUR).carriers()).isEqualTo("10");

        // The second was its owner's to keep down.
        hypervisor.restore(target, before);
        guests.beats(TARGET).awaitCarriers("10", PATIENCE);
        new LinksContract(
                        hypervisor, target.uuid(), guest(hypervisor, NEIGHBOUR).uuid())
                .holds();
        oracle().gapless(NEIGHBOUR, 0, 2);
    }

    @Test
    void links_that_a_crash_left_half_cut_are_given_back_by_what_was_kept() throws Exception {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        GuestLinks before = hypervisor.links(target);
        guests.virsh("domif-setlink", TARGET, guests.guest(TARGET).mac(2), "up");
        guests.virsh("domif-setlink", TARGET, guests.guest(TARGET).mac(1), "down");

        assertThat(hypervisor.links(target).cut()).isFalse();
        assertThat(hypervisor().restore(target, before)).isEqualTo(before);
        guests.beats(TARGET).awaitCarriers("10", PATIENCE);
    }

    @Test
    void two_captures_of_one_guest_exclude_each_other() throws IOException {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        try (CaptureSession session = hypervisor.capture(target, target.disks())) {
            refused(CaptureRefusal.JOB_RUNNING, () -> hypervisor.capture(target, target.disks()));
            assertThat(hypervisor().preflight(target, target.disks()))
                    .isInstanceOfSatisfying(
                            Preflight.Refused.class,
                            refused -> assertThat(refused.refusal()).isEqualTo(CaptureRefusal.JOB_RUNNING));
            assertThat(hypervisor.recover())
                    .as("recovery leaves a living capture alone")
                    .isEmpty();
            assertThat(session.extents(target.disks().getFirst())).isNotEmpty();
        }
    }

    @Test
    void a_job_of_the_hoster_is_left_alone() throws IOException {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        Path description = Files.writeString(
                temp.resolve("own.xml"), """
                <domainbackup mode='pull'><server transport='unix' socket='%s/own'/></domainbackup>""".formatted(guests.directory().resolve("own-job")));
        Path own = Files.createDirectory(guests.directory().resolve("own-job"));
        Files.setOwner(own, own.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("libvirt-qemu"));
        guests.virsh("backup-begin", TARGET, "--backupxml", description.toString());
        refused(CaptureRefusal.JOB_RUNNING, () -> hypervisor.capture(target, target.disks()));
        assertThat(hypervisor.recover()).isEmpty();
        assertThat(guests.virsh("domjobinfo", TARGET)).contains("Backup");
        guests.virsh("domjobabort", TARGET);
    }

    @Test
    void a_pause_of_the_neighbour_in_the_window_is_seen() throws IOException {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        CaptureSession session = hypervisor.capture(target, target.disks());
        guests.virsh("suspend", NEIGHBOUR);
        guests.virsh("resume", NEIGHBOUR);
        session.close();
        IsolationObservation stops = observation(session, "stop-events");
        assertThat(stops.asPromised()).isFalse();
        assertThat(stops.facts()).containsEntry("stopOrResume", "2").containsEntry("streamWhole", "true");
    }

    @Test
    void an_open_of_the_neighbour_s_disk_in_the_window_is_seen() throws IOException {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        CaptureSession session = hypervisor.capture(target, target.disks());
        try (InputStream curious = Files.newInputStream(guests.guest(NEIGHBOUR).disk())) {
            assertThat(curious.read()).isZero();
        }
        session.close();
        assertThat(observation(session, "disk-opens").asPromised()).isFalse();
        assertThat(observation(session, "disk-opens").facts()).containsEntry("opensAtLeast", "1");
    }

    @Test
    void a_guest_that_does_not_run_is_refused() throws IOException {
        guests.virsh("suspend", NEIGHBOUR);
        try {
            LibvirtHypervisor hypervisor = hypervisor();
            Guest paused = guest(hypervisor, NEIGHBOUR);
            assertThat(paused.state()).isEqualTo(Guest.State.PAUSED);
            refused(CaptureRefusal.GUEST_STATE, () -> hypervisor.capture(paused, paused.disks()));
        } finally {
            guests.virsh("resume", NEIGHBOUR);
        }
    }

    @Test
    void without_room_for_the_scratch_nothing_is_begun() throws IOException {
        LibvirtHypervisor hypervisor =
                new LibvirtHypervisor(LibvirtSettings.debian("ams-1", guests.tinyDirectory()), CLOCK);
        Guest target = guest(hypervisor, TARGET);
        refused(CaptureRefusal.SCRATCH_TOO_SMALL, () -> hypervisor.capture(target, target.disks()));
    }

    @Test
    void a_scratch_that_fills_up_ends_the_job_and_the_guest_runs_on() throws Exception {
        LibvirtSettings debian = LibvirtSettings.debian("ams-1", guests.tinyDirectory());
        LibvirtHypervisor hypervisor = new LibvirtHypervisor(
                new LibvirtSettings(
                        debian.uri(), debian.cluster(), debian.workDirectory(), debian.virsh(), debian.qemuUser(), 0),
                CLOCK);
        Guest target = guest(hypervisor, TARGET);
        Guest.Disk disk = target.disks().getFirst();
        CaptureSession session = hypervisor.capture(target, target.disks());
        // The guest rewrites a MiB every second: the scratch of one MiB does not hold it for long.
        refused(CaptureRefusal.GUEST_STOPPED, () -> {
            while (true) {
                session.read(disk, 0, ByteBuffer.allocate(4096));
                Thread.onSpinWait();
            }
        });
        session.abort();
        assertThat(guests.virsh("domstate", TARGET)).contains("running");
        guests.beats(TARGET).await(5, PATIENCE);
        assertThat(guests.tinyDirectory()).isEmptyDirectory();
    }

    @Test
    void after_kill_9_recovery_ends_the_job_and_removes_the_scratch() throws Exception {
        Process capturing = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LibvirtCaptureTest.class.getName(),
                        work.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = capturing.inputReader()) {
            assertThat(output.readLine()).isEqualTo("capturing");
            capturing.destroyForcibly();
            assertThat(capturing.waitFor()).isEqualTo(137);
        }
        assertThat(guests.virsh("domjobinfo", TARGET)).contains("Backup");
        LibvirtHypervisor hypervisor = hypervisor();
        assertThat(hypervisor.recover()).hasSize(2);
        assertThat(guests.virsh("domjobinfo", TARGET)).contains("None");
        Guest target = guest(hypervisor, TARGET);
        assertThat(hypervisor.preflight(target, target.disks())).isEqualTo(new Preflight.Ready());
    }

    /** The process that is killed. */
    public static void main(String[] arguments) throws Exception {
        LibvirtHypervisor hypervisor =
                new LibvirtHypervisor(LibvirtSettings.debian("ams-1", Path.of(arguments[0])), CLOCK);
        Guest target = guest(hypervisor, TARGET);
        try (CaptureSession session = hypervisor.capture(target, target.disks())) {
            session.extents(target.disks().getFirst());
            System.out.println("capturing");
            Thread.currentThread().join();
        }
    }

    private SealedCapture seal(TestRecipient investigator, Path folder) throws IOException {
        LibvirtHypervisor hypervisor = hypervisor();
        Guest target = guest(hypervisor, TARGET);
        SealRequest request = new SealRequest(
                target.cluster(),
                target.uuid(),
                target.vmId(),
                target.configurationHash(),
                List.of("vda"),
                Recipients.of(
                        List.of(
                                investigator.certificate(),
                                TestRecipient.ec("secp256r1").certificate()),
                        TestRecipient.NOW),
                new SealPlan(256 << 20, SealPlan.DEFAULT_ZSTD_LEVEL));
        FileEvidenceStore store = new FileEvidenceStore(folder);
        return new Sealer(new SecureRandom(), CLOCK).capture(hypervisor, request, store, store, (done, total) -> {
            if (done == total) {
                Instant begun = CLOCK.instant();
                oracle().nbdcopy(work);
                copying = Duration.between(begun, CLOCK.instant());
            }
        });
    }

    private static String fact(Map<String, IsolationObservation> seen, String kind, String name) {
        return String.valueOf(
                java.util.Objects.requireNonNull(seen.get(kind)).facts().get(name));
    }

    private static IsolationObservation observation(CaptureSession session, String kind) {
        return session.observations().stream()
                .filter(observation -> observation.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static LibvirtHypervisor hypervisor() {
        return new LibvirtHypervisor(LibvirtSettings.debian("ams-1", work), CLOCK);
    }

    private static Guest guest(LibvirtHypervisor hypervisor, String name) throws IOException {
        return hypervisor.guests().stream()
                .filter(guest -> guest.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(CaptureRefusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.refusal()).as(e.getMessage()).isEqualTo(refusal));
    }
}
