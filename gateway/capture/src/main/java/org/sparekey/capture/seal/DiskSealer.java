// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.capture.CaptureSession;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Guest;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.protocol.evidence.CapturedDisk;
import org.sparekey.protocol.image.ImageHash;

/**
 * Walks the disks leaf by leaf: allocated bytes are read, holes are not. Only the reading happens here; the rest happens
 * on the threads of {@link SealingLine}, and when they fall behind we read slower and the guest does not notice.
 */
final class DiskSealer {

    private static final int LEAF = ImageHash.LEAF_BYTES;

    private final CaptureSession session;
    private final String recipient;
    private final SealPlan plan;
    private final EvidenceStore store;
    private final Progress progress;
    private final Pace pace;
    private final long total;
    private long done;

    DiskSealer(
            CaptureSession session,
            String recipient,
            SealPlan plan,
            EvidenceStore store,
            Progress progress,
            InstantSource clock) {
        this.session = session;
        this.recipient = recipient;
        this.plan = plan;
        this.store = store;
        this.progress = progress;
        this.pace = new Pace(plan.bytesPerSecond(), clock);
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
        long read = 0;
        try (SealingLine line = new SealingLine(new VolumeWriter(number, recipient, plan, store), plan.zstdLevel())) {
            int next = 0;
            for (long at = 0; at < disk.virtualSize(); at += LEAF) {
                int length = (int) Math.min(LEAF, disk.virtualSize() - at);
                while (next < extents.size() && extents.get(next).end() <= at) {
                    next++;
                }
                boolean hole = next == extents.size() || extents.get(next).offset() >= at + length;
                if (hole && length == LEAF) {
                    line.zeros();
                } else {
                    Leaf leaf = line.leaf();
                    read += fill(disk, extents, next, at, leaf.blank(length));
                    line.data(leaf);
                }
                done += length;
                progress.at(done, total);
            }
            SealingLine.Sealed sealed = line.finish();
            return new CapturedDisk(
                    number,
                    disk.target(),
                    disk.sourceId(),
                    disk.format(),
                    sealed.digests().length(),
                    extents.size(),
                    extentBytes,
                    read,
                    sealed.digests().image(),
                    sealed.digests().treeRoot(),
                    sealed.volumes());
        }
    }

    /** Reads what of the leaf is allocated; answers how much that was. */
    private long fill(Guest.Disk disk, List<Extent> extents, int first, long at, ByteBuffer leaf) throws IOException {
        int length = leaf.remaining();
        long read = 0;
        for (int i = first; i < extents.size() && extents.get(i).offset() < at + length; i++) {
            int from = (int) (Math.max(extents.get(i).offset(), at) - at);
            int to = (int) (Math.min(extents.get(i).end(), at + length) - at);
            pace.before(to - from);
            session.read(disk, at + from, leaf.duplicate().position(from).limit(to));
            read += to - from;
        }
        return read;
    }
}
