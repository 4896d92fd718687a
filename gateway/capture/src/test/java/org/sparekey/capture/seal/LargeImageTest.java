// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** Heap does not grow with the disk. */
class LargeImageTest {

    private static final long SIZE = 4L << 30;

    @TempDir
    Path temp;

    @Test
    void a_4_GiB_sparse_image_passes_through_a_heap_of_256_MiB() throws Exception {
        String output = Tools.run(
                temp,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LargeImageTest.class.getName(),
                temp.toString());
        assertThat(output).contains("sealed " + SIZE + " read 100663296");
    }

    /** The forked JVM: 96 MiB of data in three places of the image. */
    public static void main(String[] arguments) throws IOException {
        Path temp = Path.of(arguments[0]);
        TestImages images = new TestImages(temp.resolve("images"));
        images.image("shop.raw", SIZE, new long[][] {{0, 32 << 20}, {2L << 30, 32 << 20}, {SIZE - (32 << 20), 32 << 20}
        });
        Guest shop = images.shop();
        Recipients recipients = Recipients.of(
                List.of(
                        TestRecipient.ec("secp256r1").certificate(),
                        TestRecipient.ec("secp256r1").certificate()),
                TestRecipient.NOW);
        FileEvidenceStore store = new FileEvidenceStore(temp.resolve("evidence"));
        SealedCapture sealed = new Sealer(new SecureRandom(), InstantSource.fixed(TestRecipient.NOW))
                .capture(
                        images.hypervisor(),
                        new SealRequest(
                                shop.cluster(),
                                shop.uuid(),
                                shop.vmId(),
                                shop.configurationHash(),
                                List.of("vda"),
                                recipients,
                                SealPlan.standard()),
                        store,
                        store,
                        (done, total) -> {});
        CapturedDisk disk = sealed.disks().getFirst();
        System.out.println("sealed " + disk.virtualSize() + " read " + disk.bytesRead());
    }
}
