// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.store;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** A flat, write-once set of files: one store for one delivery folder. Nothing in it is ever overwritten. */
public interface EvidenceStore {

    /** @throws org.sparekey.capture.CaptureException with FILE_EXISTS when the name is taken */
    NewFile create(String name) throws IOException;

    /** The names of the committed files, sorted. */
    List<String> names() throws IOException;

    /** Opens a committed file for reading at any position (Range). */
    SeekableByteChannel open(String name) throws IOException;

    /** Reads the whole file again: what is stored now, not what was once written. */
    StoredFile digest(String name) throws IOException;

    /** Destroys every file, {@code first} before the others: without the key the rest is noise even after a crash. */
    void destroy(String first) throws IOException;
}
