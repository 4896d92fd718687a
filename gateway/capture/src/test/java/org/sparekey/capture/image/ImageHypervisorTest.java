// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Preflight;
import org.sparekey.capture.TestImages;
import org.sparekey.protocol.evidence.IsolationObservation;

class ImageHypervisorTest {

    @TempDir
    Path temp;

    private TestImages images;

    @BeforeEach
    void images() throws IOException {
        images = new TestImages(temp.resolve("images"));
    }

    @Test
    void the_listing_is_complete() throws IOException {
        List<Guest> guests = images.hypervisor().guests();
        assertThat(guests).extracting(Guest::name).containsExactly("shop", "mail");
        assertThat(guests.getFirst().disks().getFirst().virtualSize()).isEqualTo(5 << 20);
        assertThat(guests.getFirst().addresses()).containsExactly("192.0.2.7");
    }

    @Test
    void a_missing_image_fails_the_whole_listing_instead_of_hiding_a_guest() throws IOException {
        Files.delete(images.path("mail.raw"));
        refused(CaptureRefusal.DISK_MISSING, () -> images.hypervisor().guests());
    }

    @Test
    void a_description_that_reaches_outside_its_directory_is_refused() throws IOException {
        images.describe(TestImages.entry("shop", TestImages.SHOP, "101", "../../etc/passwd", "raw"));
        refused(CaptureRefusal.DESCRIPTION_MALFORMED, () -> images.hypervisor().guests());
    }

    @Test
    void an_image_that_is_a_symbolic_link_is_refused() throws IOException {
        Files.delete(images.path("mail.raw"));
        Files.createSymbolicLink(images.path("mail.raw"), Path.of("/etc/passwd"));
        refused(CaptureRefusal.DISK_MISSING, () -> images.hypervisor().guests());
    }

    @Test
    void two_guests_with_one_id_are_no_description() throws IOException {
        String entry = TestImages.entry("shop", TestImages.SHOP, "101", "shop.raw", "raw");
        images.describe(entry + "," + entry);
        refused(CaptureRefusal.DESCRIPTION_MALFORMED, () -> images.hypervisor().guests());
    }

    @Test
    void the_configuration_hash_follows_the_stable_fields_only() throws IOException {
        Guest before = images.shop();
        images.describe(TestImages.entry("renamed", TestImages.SHOP, "101", "shop.raw", "raw"));
        Guest renamed = images.hypervisor().guests().getFirst();
        assertThat(renamed.configurationHash()).isEqualTo(before.configurationHash());
        images.image("shop.raw", 6 << 20, new long[0][]);
        assertThat(images.hypervisor().guests().getFirst().configurationHash())
                .isNotEqualTo(before.configurationHash());
    }

    @Test
    void only_allocated_runs_are_extents_and_their_bytes_are_the_file_s() throws IOException {
        byte[] file = Files.readAllBytes(images.path("shop.raw"));
        try (CaptureSession session = session()) {
            Guest.Disk disk = session.disks().getFirst();
            List<Extent> extents = session.extents(disk);
            assertThat(extents.stream().mapToLong(Extent::length).sum()).isBetween(1_300_000L, 1_500_000L);
            byte[] copy = new byte[file.length];
            for (Extent extent : extents) {
                session.read(
                        disk, extent.offset(), ByteBuffer.wrap(copy, (int) extent.offset(), (int) extent.length()));
            }
            assertThat(copy).isEqualTo(file);
        }
    }

    @Test
    void an_image_open_for_writing_elsewhere_is_refused() throws IOException {
        try (RandomAccessFile writer =
                new RandomAccessFile(images.path("shop.raw").toFile(), "rw")) {
            assertThat(writer.length()).isPositive();
            assertThat(images.hypervisor()
                            .preflight(images.shop(), images.shop().disks()))
                    .isInstanceOfSatisfying(
                            Preflight.Refused.class,
                            refused -> assertThat(refused.refusal()).isEqualTo(CaptureRefusal.DISK_IN_USE));
            refused(CaptureRefusal.DISK_IN_USE, this::session);
        }
    }

    @Test
    void an_image_locked_elsewhere_is_refused_even_when_nobody_writes() throws IOException {
        try (FileChannel reader = FileChannel.open(images.path("shop.raw"), StandardOpenOption.READ)) {
            assertThat(reader.lock(0, Long.MAX_VALUE, true).isShared()).isTrue();
            refused(CaptureRefusal.DISK_IN_USE, this::session);
        }
    }

    @Test
    void the_session_says_that_nobody_touched_the_image() throws IOException {
        CaptureSession session = session();
        session.close();
        assertThat(session.observations())
                .extracting(IsolationObservation::kind, IsolationObservation::asPromised)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("open-files", true),
                        org.assertj.core.groups.Tuple.tuple("image-at-rest", true));
    }

    @Test
    void a_write_during_the_capture_is_seen() throws IOException {
        CaptureSession session = session();
        Files.write(images.path("shop.raw"), new byte[] {1}, StandardOpenOption.APPEND);
        session.close();
        assertThat(session.observations().getLast().asPromised()).isFalse();
    }

    @Test
    void a_disk_that_was_not_ordered_cannot_be_read() throws IOException {
        Guest mail = images.hypervisor().guests().getLast();
        try (CaptureSession session = session()) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> session.extents(mail.disks().getFirst()));
        }
    }

    private CaptureSession session() throws IOException {
        Guest shop = images.shop();
        return images.hypervisor().capture(shop, shop.disks());
    }

    private static void refused(CaptureRefusal refusal, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(refusal));
    }
}
