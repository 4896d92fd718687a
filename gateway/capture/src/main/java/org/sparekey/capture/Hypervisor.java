// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sparekey.protocol.evidence.GuestLinks;

/** A place where guests run. Implementations are thread-safe; a refusal is a {@link CaptureException}. */
public interface Hypervisor {

    /** The driver's stable name, part of every configuration hash. */
    String driver();

    /** Every guest, running or not. A complete listing or an exception: half a listing would hide a VPS. */
    List<Guest> guests() throws IOException;

    Preflight preflight(Guest guest, List<Guest.Disk> disks) throws IOException;

    /**
     * Fixes the point in time and opens these disks of the guest for reading, no other. The caller closes the session;
     * one session per guest at a time.
     */
    CaptureSession capture(Guest guest, List<Guest.Disk> disks) throws IOException;

    /**
     * Ends what a killed process left behind (jobs, scratch, sockets).
     *
     * @return one line for each thing found and ended
     */
    List<String> recover() throws IOException;

    /**
     * The network links of one guest as they are now and at its next start.
     *
     * @throws CaptureException where they cannot be told, or not all of them can be cut
     */
    GuestLinks links(Guest guest) throws IOException;

    /**
     * Cuts every network link of exactly this guest, now and for its next start; the guest runs on. Its caller has kept what
     * {@link #links} said before: a crash in here leaves some of them cut.
     *
     * @return the links as read back afterwards, all of them cut
     */
    GuestLinks isolate(Guest guest) throws IOException;

    /**
     * Gives back to each link what it was, and leaves alone what has come since. May be repeated.
     *
     * @param before what {@link #links} said before the guest was isolated
     * @return the links as read back afterwards
     */
    GuestLinks restore(Guest guest, GuestLinks before) throws IOException;

    /** Names and versions of the tools this driver stands on, for the manifest. */
    Map<String, String> versions() throws IOException;
}
