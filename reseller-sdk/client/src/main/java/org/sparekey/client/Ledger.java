// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.registration.BatchLine;
import org.sparekey.protocol.registration.BatchReader;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.RegistrationBatch;

/**
 * What the reseller keeps beside his configuration: the names of his assets, every batch as sent, what opens its
 * commitments, and its receipt. Written in this order: names, batch and openings, "pending", then the batch is sent; so
 * that a crash anywhere is mended by sending the pending batch once more (the same batch has the same answer for ever).
 */
final class Ledger implements AutoCloseable {

    private static final String STATE = "state.json";
    private static final String ASSETS = "assets.ndjson";
    private static final String LOCK = "lock";

    private final Path directory;
    private final FileChannel lock;
    private final Map<String, AssetRefs> assets = new LinkedHashMap<>();
    private LedgerState state;

    private Ledger(Path directory, FileChannel lock, LedgerState state) {
        this.directory = directory;
        this.lock = lock;
        this.state = state;
    }

    /** @throws IOException also when another process holds this ledger, or it is another reseller's */
    static Ledger open(Path directory, String reseller) throws IOException, MalformedException {
        DurableFiles.directory(directory);
        FileChannel lock =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            claim(lock);
            Path file = directory.resolve(STATE);
            LedgerState state = Files.exists(file)
                    ? Wire.read(Files.readAllBytes(file), LedgerState.class)
                    : new LedgerState(LedgerState.VERSION, reseller, 0, Optional.empty());
            if (!state.reseller().equals(reseller)) {
                throw new IOException("the ledger in " + directory + " is another reseller's");
            }
            Ledger ledger = new Ledger(directory, lock, state);
            ledger.readAssets();
            return ledger;
        } catch (IOException | MalformedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void claim(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("another client of this process uses this ledger", e);
        }
        throw new IOException("another process uses this ledger");
    }

    long nextSeq() {
        return state.seq() + 1;
    }

    Optional<AssetRefs> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    /** Writes all that must not be lost, and that the batch is about to be sent. */
    void sending(RegistrationBatch batch, List<AssetRefs> refs, List<Opening> openings) throws IOException {
        long seq = nextSeq();
        DurableFiles.append(directory.resolve(ASSETS), lines(refs));
        refs.forEach(asset -> assets.put(asset.asset(), asset));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batch.writeTo(bytes);
        DurableFiles.replace(file(seq, "openings.ndjson"), lines(openings));
        DurableFiles.replace(file(seq, "ndjson"), bytes.toByteArray());
        save(state.sending(seq));
    }

    boolean hasPending() {
        return state.pending().isPresent();
    }

    /** The batch that was perhaps sent and not answered. */
    Optional<RegistrationBatch> pending() throws IOException, MalformedException {
        if (state.pending().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(batch(state.pending().get()));
    }

    /** A batch exactly as it was signed. */
    RegistrationBatch batch(long seq) throws IOException, MalformedException {
        BatchReader reader = new BatchReader(new ByteArrayInputStream(Files.readAllBytes(file(seq, "ndjson"))));
        List<Bytes> lines = new ArrayList<>();
        Optional<BatchLine> line = reader.next();
        while (line.isPresent()) {
            lines.add(line.get().raw());
            line = reader.next();
        }
        return new RegistrationBatch(reader.document(), lines);
    }

    Path pendingFile() {
        return file(state.pending().orElseThrow(), "ndjson");
    }

    void accepted(BatchReceipt receipt) throws IOException {
        keep(receipt);
        save(state.accepted(receipt.seq()));
    }

    /** Keeps the receipt; a later one with the proof replaces it. */
    void keep(BatchReceipt receipt) throws IOException {
        DurableFiles.replace(file(receipt.seq(), "receipt.json"), Wire.write(receipt));
    }

    /** The gateway refused the batch whole: it had no effect, and its number is free. */
    void withdrawn() throws IOException {
        save(state.withdrawn());
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private Path file(long seq, String ending) {
        return directory.resolve("batch-%08d.%s".formatted(seq, ending));
    }

    private void save(LedgerState next) throws IOException {
        DurableFiles.replace(directory.resolve(STATE), Wire.write(next));
        state = next;
    }

    /** A line without its end is a crash in mid-append: its batch was never sent, and the line is cut off. */
    private void readAssets() throws IOException, MalformedException {
        Path file = directory.resolve(ASSETS);
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                AssetRefs refs = Wire.read(Arrays.copyOfRange(bytes, start, i), AssetRefs.class);
                assets.put(refs.asset(), refs);
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            DurableFiles.replace(file, Arrays.copyOf(bytes, start));
        }
    }

    private static byte[] lines(List<?> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object wire : records) {
            out.writeBytes(Wire.write(wire));
            out.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }
}
