// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A table of sixteen bytes a slot in a mapped file, outside the heap: where a line lies, the hash of its name, in which run
 * it was met. Worth nothing after the process: it is gone with it, and made anew from the lines.
 */
final class SlotFile implements AutoCloseable {

    /** 2^26 slots of 16 bytes are one mapping; twice as many as half of them machines. */
    static final int MOST_SLOTS = 1 << 26;

    private static final int FIRST_SLOTS = 1 << 12;
    private static final int SLOT_BYTES = 16;
    private static final int HASH_AT = 8;
    private static final int RUN_AT = 12;

    private final Path file;
    private int capacity = FIRST_SLOTS;
    private int used;
    private MappedByteBuffer slots;

    SlotFile(Path file) throws IOException {
        this.file = file;
        this.slots = map(file, FIRST_SLOTS);
    }

    long capacity() {
        return capacity;
    }

    /** Half full is full: a search then looks at two slots on average. */
    boolean isFull() {
        return used >= capacity / 2;
    }

    void grow() throws IOException {
        if (capacity == MOST_SLOTS) {
            throw new IOException("the ledger holds " + MOST_SLOTS / 2 + " machines and no more");
        }
        MappedByteBuffer old = slots;
        int before = capacity;
        capacity = before * 2;
        used = 0;
        slots = map(file, capacity);
        for (int i = 0; i < before; i++) {
            long position = old.getLong(i * SLOT_BYTES) - 1;
            if (position >= 0) {
                int hash = old.getInt(i * SLOT_BYTES + HASH_AT);
                long slot = first(hash);
                while (position(slot) >= 0) {
                    slot = after(slot);
                }
                put(slot, hash, position);
                slots.putInt(at(slot) + RUN_AT, old.getInt(i * SLOT_BYTES + RUN_AT));
            }
        }
    }

    long first(int hash) {
        return hash & (capacity - 1);
    }

    long after(long slot) {
        return (slot + 1) & (capacity - 1);
    }

    /** Where the line begins; -1 for an empty slot. */
    long position(long slot) {
        return slots.getLong(at(slot)) - 1;
    }

    int hash(long slot) {
        return slots.getInt(at(slot) + HASH_AT);
    }

    void put(long slot, int hash, long position) {
        used += position(slot) < 0 ? 1 : 0;
        slots.putLong(at(slot), position + 1);
        slots.putInt(at(slot) + HASH_AT, hash);
    }

    boolean isMet(long slot, int run) {
        return slots.getInt(at(slot) + RUN_AT) == run;
    }

    /** @return false when it was met in this run before */
    boolean meet(long slot, int run) {
        boolean first = !isMet(slot, run);
        slots.putInt(at(slot) + RUN_AT, run);
        return first;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    private static int at(long slot) {
        return (int) slot * SLOT_BYTES;
    }

    private static MappedByteBuffer map(Path file, int capacity) throws IOException {
        Files.deleteIfExists(file);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, DurableFiles.owner("rw-------"))) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) capacity * SLOT_BYTES);
        }
    }
}
