// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sparekey.capture.posix.Inotify;
import org.sparekey.protocol.evidence.IsolationObservation;

/** Counts opens of every other guest's disk, with a file of our own to show that the counting works. */
final class OpenWatch implements AutoCloseable {

    private static final String CONTROL = "control";

    private final Inotify inotify = new Inotify();
    private final Path control;
    private final int watched;

    private OpenWatch(Path control, int watched) throws IOException {
        this.control = control;
        this.watched = watched;
    }

    static OpenWatch start(List<Path> disks, Path directory) throws IOException {
        OpenWatch watch = new OpenWatch(Files.createFile(directory.resolve(CONTROL)), disks.size());
        try {
            for (Path disk : disks) {
                watch.inotify.watch(disk);
            }
            watch.inotify.watch(watch.control);
            return watch;
        } catch (IOException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    IsolationObservation observed() throws IOException {
        try (InputStream opened = Files.newInputStream(control)) {
            opened.read();
        }
        Map<Path, Integer> opens = inotify.opens();
        int controls = opens.getOrDefault(control, 0);
        int others = opens.values().stream().mapToInt(Integer::intValue).sum() - controls;
        return new IsolationObservation(
                "disk-opens",
                others == 0 && controls > 0 && !inotify.overflown(),
                Map.of(
                        "disksWatched", String.valueOf(watched),
                        "opensAtLeast", String.valueOf(others),
                        "positiveControl", String.valueOf(controls),
                        "eventsLost", String.valueOf(inotify.overflown())),
                "From before the job began until after it ended nobody on this machine opened the disk file of another"
                        + " guest anew; the positive control shows that the kernel would have told us. It does not see"
                        + " reads through descriptors that were already open, disks that are no files of this machine,"
                        + " or another machine on shared storage.");
    }

    @Override
    public void close() throws IOException {
        inotify.close();
    }
}
