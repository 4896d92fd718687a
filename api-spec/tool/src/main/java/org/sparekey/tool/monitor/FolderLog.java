// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log that lies in a folder: what somebody handed over, or the demo left. */
record FolderLog(Path folder) implements PublishedLog {

    @Override
    public byte[] read(String path, int atMost) throws IOException {
        try (InputStream file = Files.newInputStream(folder.resolve(path))) {
            byte[] bytes = file.readNBytes(atMost + 1);
            if (bytes.length > atMost) {
                throw new IOException(path + " is larger than " + atMost + " bytes");
            }
            return bytes;
        }
    }
}
