// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.sparekey.protocol.evidence.IsolationObservation;

/** One guest's disks as they were at one instant. Used by one thread at a time. */
public interface CaptureSession extends AutoCloseable {

    /** The instant that the copy shows, by the hypervisor's clock. */
    Instant pointInTime();

    Guest guest();

    /** The disks that were asked for. */
    List<Guest.Disk> disks();

    /** The allocated runs, ascending and disjoint. */
    List<Extent> extents(Guest.Disk disk) throws IOException;

    /** Fills the rest of the buffer with the disk's bytes from {@code offset}; never less. */
    void read(Guest.Disk disk, long offset, ByteBuffer into) throws IOException;

    /** What was watched; complete once the session is closed. */
    List<IsolationObservation> observations();

    /** Ends the job and removes scratch and sockets. Closing twice is harmless. */
    @Override
    void close() throws IOException;

    /** Like {@link #close()}, for a capture that failed: goes on past errors, so that the guest is left alone again. */
    void abort();
}
