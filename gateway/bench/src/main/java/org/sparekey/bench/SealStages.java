// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Guest;
import org.sparekey.capture.seal.SealPlan;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.protocol.json.Digest;

/** The steps of one seal, each alone on one thread over as many bytes as the whole seal handles. */
final class SealStages {

    interface Work {
        void run() throws Exception;
    }

    private static final Provider CIPHERS = Objects.requireNonNull(Security.getProvider("SunJCE"));

    private final SealStand stand;
    private final int mebibytes;
    private final int allocated;
    private final String recipient;
    private final byte[] data = SealStand.data(new SplittableRandom(1));

    /**
     * @param mebibytes of the disk
     * @param allocated mebibytes of them that are no hole
     * @param recipient of age
     */
    SealStages(SealStand stand, int mebibytes, int allocated, String recipient) {
        this.stand = stand;
        this.mebibytes = mebibytes;
        this.allocated = allocated;
        this.recipient = recipient;
    }

    private record Stage(String name, Work work, long nanos) {}

    /** Each step alone on one thread, after one run that is not counted. */
    Work slowest() throws Exception {
        List<Stage> stages = List.of(
                timed("reading", this::readAll),
                timed("the image's digest", this::hash),
                timed("compressing", this::compress),
                timed("sealing and storing", this::store));
        Stage slowest = stages.stream().max(Comparator.comparing(Stage::nanos)).orElseThrow();
        System.out.println("slowest step alone: " + slowest.name());
        return slowest.work();
    }

    private Stage timed(String name, Work work) throws Exception {
        stand.clear();
        work.run();
        stand.clear();
        long from = System.nanoTime();
        work.run();
        return new Stage(name, work, System.nanoTime() - from);
    }

    private void readAll() throws IOException {
        Guest guest = stand.hypervisor().guests().getFirst();
        try (CaptureSession session = stand.hypervisor().capture(guest, guest.disks())) {
            Guest.Disk disk = guest.disks().getFirst();
            ByteBuffer buffer = ByteBuffer.allocate(SealStand.MEBIBYTE);
            for (Extent extent : session.extents(disk)) {
                for (long at = extent.offset(); at < extent.end(); at += SealStand.MEBIBYTE) {
                    session.read(disk, at, buffer.clear().limit((int) Math.min(SealStand.MEBIBYTE, extent.end() - at)));
                }
            }
        }
    }

    /** Of the whole image: holes too. */
    private void hash() {
        MessageDigest sha256 = Digest.sha256();
        for (int n = 0; n < mebibytes; n++) {
            sha256.update(data);
        }
        data[0] = sha256.digest()[0];
    }

    private void compress() {
        byte[] frame = new byte[(int) Zstd.compressBound(data.length)];
        try (ZstdCompressCtx zstd =
                new ZstdCompressCtx().setLevel(SealPlan.DEFAULT_ZSTD_LEVEL).setChecksum(true)) {
            for (int n = 0; n < allocated; n++) {
                data[1] = (byte) zstd.compressByteArray(frame, 0, frame.length, data, 0, data.length);
            }
        }
    }

    /** What is left after compression, about half. */
    private void store() throws IOException, GeneralSecurityException {
        FileEvidenceStore store = new FileEvidenceStore(stand.output());
        try (NewFile file = store.create("stage")) {
            WritableByteChannel sealing = new StandardEncryptingChannelFactory(CIPHERS)
                    .newEncryptingChannel(
                            new Kept(file),
                            List.of(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient)));
            for (int n = 0; n < allocated; n++) {
                ByteBuffer half = ByteBuffer.wrap(data, 0, data.length / 2);
                while (half.hasRemaining()) {
                    sealing.write(half);
                }
            }
            sealing.close();
            file.commit();
        }
    }

    /** The age channel closes what it writes to; the file is committed first. */
    private record Kept(NewFile file) implements WritableByteChannel {
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
