// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Guest;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.image.ImageDigests;
import org.sparekey.protocol.image.ImageHash;

/**
 * Walks the disks leaf by leaf: allocated bytes are read, holes are not. Reading and hashing happen here, compressing
 * and sealing on the second thread of {@link SealingLine}; when that falls behind, we read slower and the guest does not
 * notice.
 */
final class DiskSealer {

    private static final int LEAF = ImageHash.LEAF_BYTES;

    private final CaptureSession session;
    private final String recipient;
    private final SealPlan plan;
    private final EvidenceStore store;
    private final Progress progress;
    private final long total;
    private long done;

    DiskSealer(CaptureSession session, String recipient, SealPlan plan, EvidenceStore store, Progress progress) {
        this.session = session;
        this.recipient = recipient;
        this.plan = plan;
        this.store = store;
        this.progress = progress;
        this.total = session.disks().stream().mapToLong(Guest.Disk::virtualSize).sum();
    }

    List<CapturedDisk> all() throws IOException {
        List<CapturedDisk> sealed = new ArrayList<>();
        for (Guest.Disk disk : session.disks()) {
            sealed.add(seal(disk, sealed.size() + 1));
        }
        return sealed;
    }

    private CapturedDisk seal(Guest.Disk disk, int number) throws IOException {
        List<Extent> extents = session.extents(disk);
        long extentBytes = extents.stream().mapToLong(Extent::length).sum();
        ImageHash hash = new ImageHash();
        long read = 0;
        try (SealingLine line = new SealingLine(new VolumeWriter(number, recipient, plan, store))) {
            int next = 0;
            for (long at = 0; at < disk.virtualSize(); at += LEAF) {
                int length = (int) Math.min(LEAF, disk.virtualSize() - at);
                while (next < extents.size() && extents.get(next).end() <= at) {
                    next++;
                }
                if (next == extents.size() || extents.get(next).offset() >= at + length) {
                    hash.zeros(length);
                    line.zeros(length);
                } else {
                    byte[] leaf = line.buffer();
                    read += fill(disk, extents, next, at, ByteBuffer.wrap(leaf, 0, length));
                    hash.update(leaf, 0, length);
                    line.data(leaf, length);
                }
                done += length;
                progress.at(done, total);
            }
            ImageDigests digests = hash.finish();
            return new CapturedDisk(
                    number,
                    disk.target(),
                    disk.sourceId(),
                    disk.format(),
                    digests.length(),
                    extents.size(),
                    extentBytes,
                    read,
                    digests.image(),
                    digests.treeRoot(),
                    line.finish());
        }
    }

    /** Reads what of the leaf is allocated; answers how much that was. */
    private long fill(Guest.Disk disk, List<Extent> extents, int first, long at, ByteBuffer leaf) throws IOException {
        int length = leaf.remaining();
        Arrays.fill(leaf.array(), (byte) 0);
        long read = 0;
        for (int i = first; i < extents.size() && extents.get(i).offset() < at + length; i++) {
            int from = (int) (Math.max(extents.get(i).offset(), at) - at);
            int to = (int) (Math.min(extents.get(i).end(), at + length) - at);
            session.read(disk, at + from, leaf.duplicate().position(from).limit(to));
            read += to - from;
        }
        return read;
    }
}
