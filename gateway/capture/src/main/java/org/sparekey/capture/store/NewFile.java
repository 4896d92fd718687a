// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.store;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A file being written: invisible in its store until committed, gone when closed before. */
public interface NewFile extends WritableByteChannel {

    /** Makes the file durable and visible; answers the digest of what was written. */
    StoredFile commit() throws IOException;
}
