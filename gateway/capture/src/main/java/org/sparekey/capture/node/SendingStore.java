// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.sparekey.capture.store.EvidenceStore;
import org.sparekey.capture.store.FileEvidenceStore;
import org.sparekey.capture.store.NewFile;
import org.sparekey.capture.store.StoredFile;

/**
 * A store that holds the sealed files that are being written: as soon as one is whole it goes to the gateway and is gone from
 * the node. Who writes waits for that, so a slow gateway slows the reading and never the guest.
 */
final class SendingStore implements EvidenceStore {

    /** Bytes of one piece. */
    static final int PIECE_BYTES = 1 << 20;

    /** Attempts in a row that bring no byte further. */
    static final int MAX_FAILURES = 8;

    private final Path directory;
    private final FileEvidenceStore spool;
    private final UUID ticket;
    private final Receiver receiver;
    private final Map<String, StoredFile> sent = new TreeMap<>();

    SendingStore(Path directory, UUID ticket, Receiver receiver) throws IOException {
        this.directory = directory;
        this.spool = new FileEvidenceStore(directory);
        this.ticket = ticket;
        this.receiver = receiver;
    }

    @Override
    public NewFile create(String name) throws IOException {
        return new Sending(spool.create(name));
    }

    @Override
    public List<String> names() {
        return List.copyOf(sent.keySet());
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        throw new IOException("what was sent is not kept");
    }

    @Override
    public StoredFile digest(String name) throws IOException {
        StoredFile file = sent.get(name);
        if (file == null) {
            throw new IOException("nothing was sent under that name");
        }
        return file;
    }

    @Override
    public void destroy(String first) throws IOException {
        spool.destroy(first);
    }

    private void send(StoredFile file) throws IOException {
        int failures = 0;
        long last = -1;
        while (true) {
            try {
                long held = receiver.held(ticket, file.name());
                failures = held > last ? 0 : failures;
                last = held;
                rest(file, held);
                receiver.complete(ticket, file);
                return;
            } catch (IOException broken) {
                failures++;
                if (failures >= MAX_FAILURES) {
                    throw broken;
                }
            }
        }
    }

    private void rest(StoredFile file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(file.name()), StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            long offset = from;
            while (channel.read(piece, offset) > 0) {
                int length = piece.flip().remaining();
                receiver.append(ticket, file.name(), offset, piece);
                offset += length;
                piece.clear();
            }
        }
    }

    private final class Sending implements NewFile {
        private final NewFile file;

        Sending(NewFile file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return file.write(bytes);
        }

        /** A crash in here leaves a sealed file in the spool, which goes when the node starts. */
        @Override
        public StoredFile commit() throws IOException {
            StoredFile stored = file.commit();
            send(stored);
            Files.delete(directory.resolve(stored.name()));
            sent.put(stored.name(), stored);
            return stored;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
