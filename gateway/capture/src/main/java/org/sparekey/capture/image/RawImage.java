// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.sparekey.capture.Extent;
import org.sparekey.capture.posix.DiskFile;

/** A raw image: the file is the disk. */
record RawImage(DiskFile file) implements ImageSource {

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public List<Extent> extents() throws IOException {
        return file.extents();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        file.read(offset, into);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
