// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Guest;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.Tools;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.testkit.disk.DemoDisk;
import org.sparekey.tool.EvidenceOpener;
import org.sparekey.tool.ExpectedImages;
import org.sparekey.tool.RecipientKey;

class DemoDiskTest {

    @TempDir
    Path temp;

    @Test
    void a_file_system_comes_out_of_the_pipeline_as_it_went_in() throws Exception {
        Tools.require("e2fsck", "debugfs");
        TestImages images = new TestImages(temp.resolve("images"));
        DemoDisk.SHOP.write(images.path("shop.raw"));
        TestRecipient investigator = TestRecipient.ec("secp256r1");
        SealedCapture sealed = seal(images, investigator);
        CapturedDisk disk = sealed.disks().getFirst();
        assertThat(disk.virtualSize()).isEqualTo(DemoDisk.BYTES);
        assertThat(disk.bytesRead()).isLessThan(DemoDisk.BYTES / 4);
        Path opened = new EvidenceOpener(temp.resolve("evidence"), ExpectedImages.of(sealed.disks()))
                .open(new RecipientKey(investigator.keys().getPrivate()), temp.resolve("out"), (done, total) -> {})
                .getFirst()
                .file();
        Tools.run(temp, "e2fsck", "-fn", opened.toString());
        assertThat(Tools.run(temp, "debugfs", "-R", "cat /srv/orders/orders.csv", opened.toString()))
                .contains("invented bicycle bell");
    }

    @Test
    void every_demo_disk_is_a_clean_file_system() throws Exception {
        Tools.require("e2fsck");
        for (DemoDisk disk : DemoDisk.values()) {
            Path image = temp.resolve(disk + ".raw");
            disk.write(image);
            assertThat(Files.size(image)).isEqualTo(DemoDisk.BYTES);
            Tools.run(temp, "e2fsck", "-fn", image.toString());
        }
    }

    @Test
    void the_committed_disks_are_what_their_script_builds() throws Exception {
        Tools.require("mke2fs", "debugfs", "zstd");
        assumeTrue(Tools.run(temp, "mke2fs", "-V").contains("1.47.0"), "other versions lay out otherwise");
        Path script =
                Path.of(System.getProperty("sparekey.basedir", "../.."), "gateway/testkit/src/main/disk/build.sh");
        Tools.run(temp, script.toAbsolutePath().toString(), temp.toString());
        for (DemoDisk disk : DemoDisk.values()) {
            String name = disk.name().toLowerCase(java.util.Locale.ROOT);
            disk.write(temp.resolve("committed.raw"));
            Tools.run(temp, "zstd", "-qdf", name + ".ext4.zst", "-o", "built.raw");
            assertThat(Files.mismatch(temp.resolve("committed.raw"), temp.resolve("built.raw")))
                    .isEqualTo(-1);
        }
    }

    private SealedCapture seal(TestImages images, TestRecipient investigator) throws Exception {
        Guest shop = images.shop();
        SealRequest request = new SealRequest(
                shop.cluster(),
                shop.uuid(),
                shop.vmId(),
                shop.configurationHash(),
                List.of("vda"),
                Recipients.of(
                        List.of(investigator.certificate(), TestRecipient.rsa().certificate()), TestRecipient.NOW),
                SealPlan.standard());
        FileEvidenceStore store = new FileEvidenceStore(temp.resolve("evidence"));
        return new Sealer(new SecureRandom(), InstantSource.fixed(TestRecipient.NOW))
                .capture(images.hypervisor(), request, store, store, (done, total) -> {});
    }
}
