// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Guest;
import org.sparekey.capture.Preflight;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.Tools;

class Qcow2ImageTest {

    @TempDir
    Path temp;

    private TestImages images;

    @BeforeEach
    void convert() throws Exception {
        Tools.require("qemu-img", "qemu-nbd");
        images = new TestImages(temp);
        Tools.run(temp, "qemu-img", "convert", "-O", "qcow2", "shop.raw", "shop.qcow2");
        images.describe(TestImages.entry("shop", TestImages.SHOP, "101", "shop.qcow2", "qcow2"));
    }

    @Test
    void a_qcow2_image_reads_like_the_raw_one() throws IOException {
        Guest shop = images.shop();
        byte[] raw = Files.readAllBytes(images.path("shop.raw"));
        assertThat(shop.disks().getFirst().virtualSize()).isEqualTo(raw.length);
        try (CaptureSession session = images.hypervisor().capture(shop, shop.disks())) {
            ByteBuffer whole = ByteBuffer.allocate(raw.length);
            session.read(shop.disks().getFirst(), 0, whole);
            assertThat(whole.array()).isEqualTo(raw);
            assertThat(session.extents(shop.disks().getFirst())).isNotEmpty();
        }
    }

    @Test
    void without_qemu_nbd_the_refusal_says_so() throws IOException {
        Guest shop = images.shop();
        ImageHypervisor without = new ImageHypervisor(temp, InstantSource.system(), temp.resolve("absent"));
        assertThat(without.preflight(shop, shop.disks()))
                .isInstanceOfSatisfying(
                        Preflight.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(CaptureRefusal.QEMU_NBD_ABSENT));
    }

    @Test
    void an_image_that_pulls_in_another_file_is_refused() throws Exception {
        Files.delete(images.path("shop.qcow2"));
        Tools.run(temp, "qemu-img", "create", "-q", "-f", "qcow2", "-b", "mail.raw", "-F", "raw", "shop.qcow2");
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> images.shop())
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(CaptureRefusal.DISK_REFERS_ELSEWHERE));
    }

    @Test
    void a_raw_image_described_as_qcow2_is_refused() throws IOException {
        images.describe(TestImages.entry("shop", TestImages.SHOP, "101", "shop.raw", "qcow2"));
        assertThatExceptionOfType(CaptureException.class)
                .isThrownBy(() -> images.shop())
                .satisfies(e -> assertThat(e.refusal()).isEqualTo(CaptureRefusal.DISK_FORMAT));
    }
}
