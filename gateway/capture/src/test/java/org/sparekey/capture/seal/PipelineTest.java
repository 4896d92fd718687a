// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.capture.Guest;
import org.sparekey.capture.TestImages;
import org.sparekey.capture.TestRecipient;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.image.ImageDigests;
import org.sparekey.protocol.image.ImageHash;

/** What happens side by side, and what must not: leaves change places, a failure be lost, a reader outrun its limit. */
class PipelineTest {

    private static final SealPlan SMALL = new SealPlan(2 << 20, SealPlan.DEFAULT_ZSTD_LEVEL);

    @TempDir
    Path temp;

    private TestImages images;
    private FileEvidenceStore store;

    @BeforeEach
    void images() throws IOException {
        images = new TestImages(temp.resolve("images"));
        store = new FileEvidenceStore(temp.resolve("evidence"));
    }

    @Test
    void many_more_leaves_than_are_on_their_way_at_once_come_out_in_their_order() throws IOException {
        long size = (SealingLine.LEAVES + 9L) << 20;
        images.image("shop.raw", size, new long[][] {{0, 20 << 20}, {25 << 20, (int) size - (25 << 20)}});

        CapturedDisk disk = seal(SMALL, store, InstantSource.fixed(TestRecipient.NOW))
                .disks()
                .getFirst();

        byte[] image = Files.readAllBytes(images.path("shop.raw"));
        ImageHash plain = new ImageHash();
        plain.update(image, 0, image.length);
        ImageDigests digests = plain.finish();
        assertThat(disk.image()).isEqualTo(digests.image());
        assertThat(disk.treeRoot()).isEqualTo(digests.treeRoot());
        assertThat(disk.virtualSize()).isEqualTo(size);
        assertThat(disk.volumes())
                .extracting(CapturedVolume::offset)
                .containsExactlyElementsOf(Stream.iterate(0L, at -> at < size, at -> at + SMALL.volumeBytes())
                        .toList());
    }

    @Test
    void a_store_that_fails_in_the_middle_fails_the_capture_and_nothing_is_left_out_silently() throws IOException {
        images.image("shop.raw", 16 << 20, new long[][] {{0, 16 << 20}});
        EvidenceStore full = new FullStore(store, 9 << 20);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> seal(SMALL, full, InstantSource.fixed(TestRecipient.NOW)))
                .withMessageContaining("No space left");

        assertThat(store.names()).doesNotContain(EvidenceFolder.IMAGES).hasSizeLessThan(6);
    }

    /** A file system with so many bytes left. */
    private static final class FullStore implements EvidenceStore {
        private final EvidenceStore store;
        private long left;

        FullStore(EvidenceStore store, long left) {
            this.store = store;
            this.left = left;
        }

        @Override
        public NewFile create(String name) throws IOException {
            NewFile file = store.create(name);
            return new NewFile() {
                @Override
                public StoredFile commit() throws IOException {
                    return file.commit();
                }

                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    left -= bytes.remaining();
                    if (left < 0) {
                        throw new IOException("No space left on device");
                    }
                    return file.write(bytes);
                }

                @Override
                public boolean isOpen() {
                    return file.isOpen();
                }

                @Override
                public void close() throws IOException {
                    file.close();
                }
            };
        }

        @Override
        public List<String> names() throws IOException {
            return store.names();
        }

        @Override
        public SeekableByteChannel open(String name) throws IOException {
            return store.open(name);
        }

        @Override
        public StoredFile digest(String name) throws IOException {
            return store.digest(name);
        }

        @Override
        public void destroy(String first) throws IOException {
            store.destroy(first);
        }
    }

    @Test
    void the_reader_keeps_to_the_hoster_s_rate() throws IOException {
        images.image("shop.raw", 8 << 20, new long[][] {{0, 4 << 20}});
        AtomicReference<Instant> time = new AtomicReference<>(TestRecipient.NOW);
        InstantSource ticking = () -> time.updateAndGet(now -> now.plusMillis(1));
        SealPlan slow = new SealPlan(2 << 20, SealPlan.DEFAULT_ZSTD_LEVEL, OptionalLong.of(8 << 20));

        seal(slow, store, ticking);

        assertThat(Duration.between(TestRecipient.NOW, time.get()))
                .as("three of four mebibytes wait for the one before; holes wait for nothing")
                .isBetween(Duration.ofMillis(375), Duration.ofMillis(600));
    }

    private SealedCapture seal(SealPlan plan, EvidenceStore volumes, InstantSource clock) throws IOException {
        Guest shop = images.shop();
        Recipients recipients = Recipients.of(
                List.of(
                        TestRecipient.ec("secp256r1").certificate(),
                        TestRecipient.ec("secp384r1").certificate()),
                TestRecipient.NOW);
        SealRequest request = new SealRequest(
                shop.cluster(), shop.uuid(), shop.vmId(), shop.configurationHash(), List.of("vda"), recipients, plan);
        return new Sealer(new SecureRandom(), clock)
                .capture(images.hypervisor(), request, volumes, store, (done, total) -> {});
    }
}
