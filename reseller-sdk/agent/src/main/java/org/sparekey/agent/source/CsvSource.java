// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.sparekey.client.CsvException;
import org.sparekey.client.CsvInventory;

/**
 * The first rung: the file of four columns ({@link CsvInventory}). A file that does not end with a line end was cut off
 * while it was written or copied, and is refused: half a list must not look like a smaller fleet.
 */
public final class CsvSource implements Source {

    private final Path file;
    private final String cluster;

    public CsvSource(Path file, String cluster) {
        this.file = file;
        this.cluster = cluster;
    }

    @Override
    public Listing list() throws IOException, SourceException {
        requireWholeLastLine();
        try {
            return new Listing(cluster, CsvInventory.read(file, cluster), List.of());
        } catch (CsvException e) {
            throw new SourceException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private void requireWholeLastLine() throws IOException, SourceException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                throw new SourceException(file.getFileName() + ": empty, not even a header");
            }
            bytes.seek(bytes.length() - 1);
            if (bytes.read() != '\n') {
                throw new SourceException(file.getFileName() + ": the last line has no end: the file was cut off");
            }
        }
    }
}
