// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.image.ImageHash;

/**
 * Seals frames into age volumes. Used by one thread; a volume that is full is made durable on another one while the next
 * is written.
 */
final class VolumeWriter implements AutoCloseable {

    private static final int LEAF = ImageHash.LEAF_BYTES;

    /** By name: the provider that happens to stand first may be many times slower. */
    private static final Provider CIPHERS = Objects.requireNonNull(Security.getProvider("SunJCE"));

    private final int disk;
    private final String recipient;
    private final SealPlan plan;
    private final EvidenceStore store;
    private final byte[] zeroFrame;
    private final List<CapturedVolume> volumes = new ArrayList<>();
    private final ExecutorService committing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("committing").daemon().factory());

    private @Nullable Volume open;
    private @Nullable Future<CapturedVolume> ending;
    private int number;
    private long offset;

    VolumeWriter(int disk, String recipient, SealPlan plan, EvidenceStore store) {
        this.disk = disk;
        this.recipient = recipient;
        this.plan = plan;
        this.store = store;
        try (Leaf zero = new Leaf(plan.zstdLevel())) {
            zero.blank(LEAF);
            zero.digestAndCompress();
            this.zeroFrame = new byte[zero.frame().remaining()];
            zero.frame().get(zeroFrame);
        }
    }

    /** The frame of a whole zero leaf is compressed once: a terabyte of holes costs little more than its hash. */
    void zeros() throws IOException {
        frame(ByteBuffer.wrap(zeroFrame), LEAF);
    }

    /** @param plaintext how many bytes of the image the frame holds */
    void frame(ByteBuffer frame, int plaintext) throws IOException {
        Volume volume = open == null ? begin() : open;
        while (frame.hasRemaining()) {
            volume.sealing().write(frame);
        }
        offset += plaintext;
        if (offset - volume.offset() >= plan.volumeBytes()) {
            endVolume();
        }
    }

    List<CapturedVolume> finish() throws IOException {
        endVolume();
        awaitEnding();
        return List.copyOf(volumes);
    }

    @Override
    public void close() throws IOException {
        committing.close();
        if (open != null) {
            open.file().close();
        }
    }

    private record Volume(int number, long offset, NewFile file, WritableByteChannel sealing) {}

    private Volume begin() throws IOException {
        NewFile file = store.create(EvidenceFolder.volume(disk, ++number));
        try {
            WritableByteChannel sealing = new StandardEncryptingChannelFactory(CIPHERS)
                    .newEncryptingChannel(
                            new Unclosed(file),
                            List.of(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient)));
            Volume volume = new Volume(number, offset, file, sealing);
            open = volume;
            return volume;
        } catch (GeneralSecurityException e) {
            file.close();
            throw new IOException("a volume could not be begun", e);
        }
    }

    /** One volume at most is being made durable: a slow store slows the reader and fills no memory. */
    private void endVolume() throws IOException {
        Volume volume = open;
        if (volume == null) {
            return;
        }
        awaitEnding();
        volume.sealing().close(); // Writes the chunk that carries age's end marker.
        long length = offset - volume.offset();
        ending = committing.submit(() -> commit(volume, length));
        open = null;
    }

    /** A crash before the commit leaves an unlisted temporary file, after it a whole volume of a lost attempt. */
    private static CapturedVolume commit(Volume volume, long length) throws IOException {
        try (NewFile file = volume.file()) {
            StoredFile stored = file.commit();
            return new CapturedVolume(volume.number(), volume.offset(), length, stored.digest(), stored.length());
        }
    }

    private void awaitEnding() throws IOException {
        Future<CapturedVolume> volume = ending;
        if (volume != null) {
            ending = null;
            volumes.add(SealingLine.await(volume));
        }
    }

    /** The age channel closes what it writes to, and closing our file before the commit would throw it away. */
    private record Unclosed(NewFile file) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return file.write(bytes);
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() {}
    }
}
