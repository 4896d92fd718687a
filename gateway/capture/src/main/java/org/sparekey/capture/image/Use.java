// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.posix.Descriptors;
import org.sparekey.capture.posix.DiskFile;
import org.sparekey.protocol.evidence.IsolationObservation;

/** Whether somebody else uses an image: by the locks on it, and by the descriptors that /proc shows. */
record Use(boolean locked, int writers, int unseen) {

    static Use of(Path image) throws IOException {
        try (DiskFile file = DiskFile.open(image)) {
            Descriptors.Writers writers = Descriptors.writers(image);
            return new Use(file.lockedElsewhere(), writers.writers(), writers.unseen());
        }
    }

    boolean free() {
        return !locked && writers == 0;
    }

    void demandFree(Path image) throws CaptureException {
        if (!free()) {
            throw new CaptureException(CaptureRefusal.DISK_IN_USE, image.getFileName() + " is in use elsewhere");
        }
    }

    IsolationObservation observed(String target, Use after, boolean unchanged) {
        return new IsolationObservation(
                "image-at-rest",
                free() && after.free() && unchanged,
                Map.of(
                        "target", target,
                        "lockedBefore", String.valueOf(locked),
                        "lockedAfter", String.valueOf(after.locked),
                        "writersBefore", String.valueOf(writers),
                        "writersAfter", String.valueOf(after.writers),
                        "processesNotVisible", String.valueOf(Math.max(unseen, after.unseen)),
                        "sizeAndTimeUnchanged", String.valueOf(unchanged)),
                "At the beginning and at the end nobody held a lock on the image, and no process of this machine that the"
                        + " gateway may look at had it open for writing. It does not see a process of another user"
                        + " that takes no lock, another machine on shared storage, or a change undone in between.");
    }
}
