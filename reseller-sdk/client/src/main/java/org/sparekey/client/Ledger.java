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
import java.util.List;
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
    private final AssetBook assets;
    private LedgerState state;
    private int run;

    private Ledger(Path directory, FileChannel lock, AssetBook assets, LedgerState state) {
        this.directory = directory;
        this.lock = lock;
        this.assets = assets;
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
                    : LedgerState.first(reseller);
            if (!state.reseller().equals(reseller)) {
                throw new IOException("the ledger in " + directory + " is another reseller's");
            }
            return new Ledger(directory, lock, AssetBook.open(directory.resolve(ASSETS)), state);
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

    long lastSeq() {
        return state.seq();
    }

    List<Long> unproven() {
        return state.unproven().orElse(List.of());
    }

    Optional<AssetRefs> asset(String name) throws IOException {
        return assets.find(name);
    }

    /** A number for a pass over a listing; machines that are met are marked with it. */
    int newRun() {
        run++;
        return run;
    }

    boolean meet(String asset, int pass) throws IOException {
        return assets.meet(asset, pass);
    }

    void each(int pass, AssetBook.Visit visit) throws IOException {
        assets.each(pass, visit);
    }

    /**
     * Writes all that must not be lost, and that the batch is about to be sent.
     *
     * @param refs every machine of every line, as it will be once the line is accepted
     */
    void sending(RegistrationBatch batch, List<LineRefs> refs, List<Opening> openings) throws IOException {
        long seq = nextSeq();
        assets.append(named(refs));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        batch.writeTo(bytes);
        DurableFiles.replace(file(seq, "openings.ndjson"), lines(openings));
        DurableFiles.replace(file(seq, "assets.ndjson"), lines(refs));
        DurableFiles.replace(file(seq, "ndjson"), bytes.toByteArray());
        save(state.sending(seq));
    }

    /** Those whose names are new. */
    private List<AssetRefs> named(List<LineRefs> refs) throws IOException {
        List<AssetRefs> named = new ArrayList<>();
        for (LineRefs one : refs) {
            Optional<AssetRefs> before = assets.find(one.refs().asset());
            AssetRefs now = one.refs().notYetAccepted(before);
            if (!before.equals(Optional.of(now))) {
                named.add(now);
            }
        }
        return named;
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

    /** Every machine of the pending batch. */
    List<LineRefs> pendingRefs() throws IOException, MalformedException {
        Path file = file(state.pending().orElseThrow(), "assets.ndjson");
        List<LineRefs> refs = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                refs.add(Wire.read(line.getBytes(StandardCharsets.UTF_8), LineRefs.class));
            }
        }
        return refs;
    }

    /**
     * A crash between these lines leaves the batch pending: sent again it has the same answer, and all of this is done once
     * more with the same outcome.
     */
    void accepted(BatchReceipt receipt, boolean proven) throws IOException, MalformedException {
        keep(receipt);
        List<AssetRefs> good = new ArrayList<>();
        for (LineRefs one : pendingRefs()) {
            if (receipt.verdicts().get(one.index()).accepted()) {
                good.add(one.refs());
            }
        }
        assets.append(good);
        save(state.accepted(receipt.seq(), proven));
        Files.deleteIfExists(file(receipt.seq(), "assets.ndjson"));
    }

    /** Keeps the receipt; a later one with the proof replaces it. */
    void keep(BatchReceipt receipt) throws IOException {
        DurableFiles.replace(file(receipt.seq(), "receipt.json"), Wire.write(receipt));
    }

    void proven(BatchReceipt receipt) throws IOException {
        keep(receipt);
        save(state.proof(receipt.seq(), true));
    }

    /** Evidence against the gateway, beside what it should have been. */
    void keepFailing(long seq, byte[] receipt) throws IOException {
        DurableFiles.replace(file(seq, "receipt-fails.json"), receipt);
    }

    /** The receipt of an accepted batch; empty for a number that is none. */
    Optional<BatchReceipt> receipt(long seq) throws IOException, MalformedException {
        Path file = file(seq, "receipt.json");
        return Files.exists(file)
                ? Optional.of(Wire.read(Files.readAllBytes(file), BatchReceipt.class))
                : Optional.empty();
    }

    /**
     * A machine that is signed over from an instant on: no listing ends it, and it keeps its name. A crash between the lines
     * leaves a release that nobody has and a machine that is still here: it is signed over once more.
     */
    void handedOver(AssetRefs refs, String release) throws IOException {
        DurableFiles.replace(releaseOf(refs), release.getBytes(StandardCharsets.US_ASCII));
        assets.append(List.of(refs));
    }

    /** What was signed about a machine last; it may have come back since. */
    Optional<String> release(AssetRefs refs) throws IOException {
        Path file = releaseOf(refs);
        return Files.exists(file) ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII)) : Optional.empty();
    }

    private Path releaseOf(AssetRefs refs) {
        return directory.resolve("release-" + refs.vpsRef() + ".jws");
    }

    /** The gateway refused the batch whole: it had no effect, and its number is free. */
    void withdrawn() throws IOException {
        save(state.withdrawn());
    }

    @Override
    public void close() throws IOException {
        assets.close();
        lock.close();
    }

    private Path file(long seq, String ending) {
        return directory.resolve("batch-%08d.%s".formatted(seq, ending));
    }

    private void save(LedgerState next) throws IOException {
        DurableFiles.replace(directory.resolve(STATE), Wire.write(next));
        state = next;
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
