// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.sparekey.capture.Extent;

/** One image opened for reading: raw by itself, qcow2 through qemu-nbd. */
interface ImageSource extends AutoCloseable {

    long size() throws IOException;

    List<Extent> extents() throws IOException;

    void read(long offset, ByteBuffer into) throws IOException;

    @Override
    void close() throws IOException;
}
