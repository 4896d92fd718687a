// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/**
 * The names of all machines: a file to which lines are only ever appended, the last line of a machine counts. What is held
 * in memory does not grow with the machines: where the line of a machine lies is in {@link SlotFile}, rebuilt at opening.
 * Where most lines count no more, opening writes the others anew.
 */
final class AssetBook implements AutoCloseable {

    /** Longer than most lines: one read brings a whole one. */
    private static final int READ_BYTES = 1024;

    private static final int INDEX_BYTES = 64 << 10;

    /** Shorter files are not worth the writing. */
    static final long COMPACTED_FROM_BYTES = 1 << 20;

    /** JCS sorts: a line begins with the machine's name as a JSON string. */
    private static final byte[] PREFIX = "{\"asset\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final Path file;
    private final FileChannel lines;
    private final SlotFile slots;
    private long end;
    private long counting;
    private long lastPosition = -1;
    private byte[] lastLine = new byte[0];

    private AssetBook(Path file, FileChannel lines, SlotFile slots) {
        this.file = file;
        this.lines = lines;
        this.slots = slots;
    }

    /** What a test does at each step of a compaction. */
    @FunctionalInterface
    interface Step {
        void reached(String step) throws IOException;
    }

    static AssetBook open(Path file) throws IOException, MalformedException {
        return open(file, step -> {});
    }

    static AssetBook open(Path file, Step step) throws IOException, MalformedException {
        AssetBook book = indexed(file);
        if (book.end < COMPACTED_FROM_BYTES || book.counting > book.end / 2) {
            return book;
        }
        try (book) {
            book.compact(step);
        }
        return indexed(file);
    }

    private static AssetBook indexed(Path file) throws IOException, MalformedException {
        DurableFiles.append(file, new byte[0]);
        FileChannel lines = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            AssetBook book = new AssetBook(file, lines, new SlotFile(file.resolveSibling("assets.slots")));
            book.index();
            return book;
        } catch (IOException | MalformedException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    Optional<AssetRefs> find(String asset) throws IOException {
        long slot = slot(Wire.write(asset));
        return slot < 0 ? Optional.empty() : Optional.of(read(slots.position(slot)));
    }

    /** Behind this line the names are on disk; a crash inside leaves whole lines and at most one torn one. */
    void append(List<AssetRefs> refs) throws IOException {
        cutBehind();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Long> positions = new ArrayList<>();
        for (AssetRefs one : refs) {
            positions.add(end + bytes.size());
            bytes.writeBytes(Wire.write(one));
            bytes.write('\n');
        }
        DurableFiles.append(file, bytes.toByteArray());
        end += bytes.size();
        for (int i = 0; i < refs.size(); i++) {
            long next = i + 1 < refs.size() ? positions.get(i + 1) : end;
            place(Wire.write(refs.get(i).asset()), positions.get(i), next - positions.get(i));
        }
    }

    /** Marks a machine as met in a run. @return false when it was met in this run before; unknown machines never were */
    boolean meet(String asset, int run) throws IOException {
        long slot = slot(Wire.write(asset));
        return slot < 0 || slots.meet(slot, run);
    }

    /** What to do with a machine. */
    interface Visit {
        void machine(AssetRefs refs, boolean met) throws IOException;
    }

    /** All machines in no order; the visit may append lines of known machines. */
    void each(int run, Visit visit) throws IOException {
        for (long slot = 0; slot < slots.capacity(); slot++) {
            long position = slots.position(slot);
            if (position >= 0) {
                visit.machine(read(position), slots.isMet(slot, run));
            }
        }
    }

    @Override
    public void close() throws IOException {
        slots.close();
        lines.close();
    }

    /**
     * Writes the lines that count, and none else. A crash before the adoption leaves the old file, and a draft that the
     * next one overwrites; behind it the new file, which says the same.
     */
    private void compact(Step step) throws IOException {
        Path draft = DurableFiles.draft(file);
        step.reached("drafted");
        try (FileChannel disk = FileChannel.open(draft, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(disk), INDEX_BYTES)) {
            for (long slot = 0; slot < slots.capacity(); slot++) {
                long position = slots.position(slot);
                if (position >= 0) {
                    out.write(line(position));
                    out.write('\n');
                    step.reached("a line copied");
                }
            }
            out.flush();
            step.reached("copied");
            disk.force(true);
        }
        step.reached("on the disk");
        lines.close();
        DurableFiles.adopt(draft, file);
        step.reached("adopted");
    }

    /** A line without its end is a crash in mid-append: its batch was never sent, and the line is cut off. */
    private void index() throws IOException, MalformedException {
        try (InputStream in = Files.newInputStream(file)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] buffer = new byte[INDEX_BYTES];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        line.write(buffer, from, i - from);
                        place(name(line.toByteArray()), end, line.size() + 1);
                        end += line.size() + 1L;
                        line.reset();
                        from = i + 1;
                    }
                }
                line.write(buffer, from, count - from);
            }
        }
        cutBehind();
    }

    /** What is behind the last whole line a crash left there, or an append that found the disk full. */
    private void cutBehind() throws IOException {
        if (lines.size() > end) {
            lines.truncate(end);
            lines.force(true);
        }
    }

    private void place(byte[] name, long position, long length) throws IOException {
        if (slots.isFull()) {
            slots.grow();
        }
        long slot = slot(name);
        counting += length - (slot < 0 ? 0 : line(slots.position(slot)).length + 1);
        slots.put(slot < 0 ? -slot - 1 : slot, hash(name), position);
    }

    /** The slot of the machine; or, when there is none, minus one minus the slot where it would go. */
    private long slot(byte[] name) throws IOException {
        int hash = hash(name);
        long slot = slots.first(hash);
        while (slots.position(slot) >= 0) {
            if (slots.hash(slot) == hash && Arrays.equals(nameAt(slots.position(slot)), name)) {
                return slot;
            }
            slot = slots.after(slot);
        }
        return -slot - 1;
    }

    private byte[] nameAt(long position) throws IOException {
        try {
            return name(line(position));
        } catch (MalformedException e) {
            throw damaged(e);
        }
    }

    private AssetRefs read(long position) throws IOException {
        try {
            return Wire.read(line(position), AssetRefs.class);
        } catch (MalformedException e) {
            throw damaged(e);
        }
    }

    private static IOException damaged(MalformedException e) {
        return new IOException("the ledger's names cannot be read: " + e.reason(), e);
    }

    /** A machine is looked for, compared and read: three times the same line, which never changes once it is there. */
    private byte[] line(long position) throws IOException {
        if (position != lastPosition) {
            lastLine = lineOfFile(position);
            lastPosition = position;
        }
        return lastLine;
    }

    private byte[] lineOfFile(long position) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        while (lines.read(buffer, position + line.size()) > 0) {
            for (int i = 0; i < buffer.position(); i++) {
                if (buffer.get(i) == '\n') {
                    line.write(buffer.array(), 0, i);
                    return line.toByteArray();
                }
            }
            line.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        throw new IOException("the ledger's names are shorter than they were");
    }

    /** The machine's name as the JSON string that begins its line. */
    private static byte[] name(byte[] line) throws MalformedException {
        int start = PREFIX.length;
        boolean begins =
                line.length > start + 1 && Arrays.equals(PREFIX, 0, start, line, 0, start) && line[start] == '"';
        for (int i = start + 1; begins && i < line.length; i++) {
            if (line[i] == '\\') {
                i++;
            } else if (line[i] == '"') {
                return Arrays.copyOfRange(line, start, i + 1);
            }
        }
        throw new MalformedException("", "not a line of names");
    }

    private static int hash(byte[] name) {
        int hash = Arrays.hashCode(name) * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }
}
