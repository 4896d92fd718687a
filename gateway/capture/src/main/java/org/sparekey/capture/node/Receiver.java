// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.sparekey.capture.store.StoredFile;

/** The gateway's end of a node's files: they come in pieces, and go on where they were broken off. */
public interface Receiver {

    /** How many bytes of this file have come; the next piece begins there. */
    long held(UUID ticket, String name) throws IOException;

    /** @throws IOException where the piece does not begin at {@link #held}: a gap or an overlap is never written */
    void append(UUID ticket, String name, long offset, ByteBuffer piece) throws IOException;

    /**
     * Takes the file over when length and digest of what is held are these; may be repeated.
     *
     * @throws IOException where they are not; then nothing of the file is kept
     */
    void complete(UUID ticket, StoredFile file) throws IOException;
}
