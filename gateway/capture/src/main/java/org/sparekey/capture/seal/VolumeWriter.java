// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.image.ImageHash;

/**
 * Compresses leaves, one zstd frame each (frames may be concatenated, RFC 8878 section 3), and seals them into age
 * volumes. Used by one thread.
 */
final class VolumeWriter implements AutoCloseable {

    private static final int LEAF = ImageHash.LEAF_BYTES;

    /** By name: the provider that happens to stand first may be many times slower. */
    private static final Provider CIPHERS = Objects.requireNonNull(Security.getProvider("SunJCE"));

    private final int disk;
    private final String recipient;
    private final SealPlan plan;
    private final EvidenceStore store;
    private final ZstdCompressCtx zstd;
    private final byte[] frame = new byte[(int) Zstd.compressBound(LEAF)];
    private final byte[] zeroFrame;
    private final List<CapturedVolume> volumes = new ArrayList<>();

    private @Nullable Volume open;
    private long offset;

    VolumeWriter(int disk, String recipient, SealPlan plan, EvidenceStore store) {
        this.disk = disk;
        this.recipient = recipient;
        this.plan = plan;
        this.store = store;
        this.zstd = new ZstdCompressCtx().setLevel(plan.zstdLevel()).setChecksum(true);
        this.zeroFrame = zstd.compress(new byte[LEAF]);
    }

    void data(byte[] leaf, int length) throws IOException {
        int size = zstd.compressByteArray(frame, 0, frame.length, leaf, 0, length);
        append(ByteBuffer.wrap(frame, 0, size), length);
    }

    /** The frame of a whole zero leaf is compressed once: a terabyte of holes costs little more than its hash. */
    void zeros(int length) throws IOException {
        if (length == LEAF) {
            append(ByteBuffer.wrap(zeroFrame), length);
        } else {
            data(new byte[length], length);
        }
    }

    List<CapturedVolume> finish() throws IOException {
        endVolume();
        return List.copyOf(volumes);
    }

    @Override
    public void close() throws IOException {
        zstd.close();
        if (open != null) {
            open.file().close();
        }
        Arrays.fill(frame, (byte) 0);
    }

    private void append(ByteBuffer frame, int plaintext) throws IOException {
        Volume volume = open == null ? begin() : open;
        while (frame.hasRemaining()) {
            volume.sealing().write(frame);
        }
        offset += plaintext;
        if (offset - volume.offset() >= plan.volumeBytes()) {
            endVolume();
        }
    }

    private record Volume(long offset, NewFile file, WritableByteChannel sealing) {}

    private Volume begin() throws IOException {
        NewFile file = store.create(EvidenceFolder.volume(disk, volumes.size() + 1));
        try {
            WritableByteChannel sealing = new StandardEncryptingChannelFactory(CIPHERS)
                    .newEncryptingChannel(
                            new Unclosed(file),
                            List.of(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient)));
            Volume volume = new Volume(offset, file, sealing);
            open = volume;
            return volume;
        } catch (GeneralSecurityException e) {
            file.close();
            throw new IOException("a volume could not be begun", e);
        }
    }

    /** A crash before the commit leaves an unlisted temporary file, after it a whole volume of a lost attempt. */
    private void endVolume() throws IOException {
        Volume volume = open;
        if (volume == null) {
            return;
        }
        volume.sealing().close(); // Writes the chunk that carries age's end marker.
        StoredFile stored = volume.file().commit();
        volumes.add(new CapturedVolume(
                volumes.size() + 1, volume.offset(), offset - volume.offset(), stored.digest(), stored.length()));
        open = null;
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
