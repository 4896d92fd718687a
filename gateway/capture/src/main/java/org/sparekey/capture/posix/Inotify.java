// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches files for being opened (inotify(7), IN_OPEN), which the JDK's WatchService cannot. The kernel joins equal events
 * that follow each other unread: a count is a lower bound, and only zero is exact.
 */
public final class Inotify implements AutoCloseable {

    private static final int IN_NONBLOCK_CLOEXEC = 0x80800;
    private static final int IN_OPEN = 0x20;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int EVENT_BYTES = 16;

    private static final MethodHandle INIT = Libc.find("inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);
    private static final MethodHandle WATCH =
            Libc.find("inotify_add_watch", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), -1);
    private static final MethodHandle READ =
            Libc.find("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    private static final MethodHandle CLOSE = Libc.find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);

    private final int descriptor;
    private final Map<Integer, Path> watched = new HashMap<>();
    private final Map<Path, Integer> opens = new HashMap<>();
    private boolean overflown;
    private boolean closed;

    public Inotify() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            try {
                descriptor = (int) INIT.invokeExact(state, IN_NONBLOCK_CLOEXEC);
            } catch (Throwable e) {
                throw Libc.broken(e);
            }
            if (descriptor < 0) {
                throw Libc.failed("inotify_init1", state);
            }
        }
    }

    public void watch(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            int watch;
            try {
                watch = (int) WATCH.invokeExact(state, descriptor, arena.allocateFrom(file.toString()), IN_OPEN);
            } catch (Throwable e) {
                throw Libc.broken(e);
            }
            if (watch < 0) {
                throw Libc.failed("inotify_add_watch", state);
            }
            watched.put(watch, file);
        }
    }

    /** How often at least each watched file has been opened since it is watched; files never opened are absent. */
    public Map<Path, Integer> opens() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
            for (long count = read(state, buffer); count > 0; count = read(state, buffer)) {
                take(buffer, count);
            }
        }
        return Map.copyOf(opens);
    }

    /** Whether the kernel threw events away: then nothing is proven. */
    public boolean overflown() {
        return overflown;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            int result;
            try {
                result = (int) CLOSE.invokeExact(state, descriptor);
            } catch (Throwable e) {
                throw Libc.broken(e);
            }
            if (result < 0) {
                throw Libc.failed("close", state);
            }
        }
    }

    /** 0 when there is nothing left. */
    private long read(MemorySegment state, MemorySegment buffer) throws IOException {
        long count;
        try {
            count = (long) READ.invokeExact(state, descriptor, buffer, (long) BUFFER_BYTES);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
        if (count < 0 && Libc.errno(state) != Libc.EAGAIN) {
            throw Libc.failed("read", state);
        }
        return Math.max(count, 0);
    }

    private void take(MemorySegment buffer, long count) {
        for (long at = 0; at < count; at += EVENT_BYTES + buffer.get(JAVA_INT, at + 12)) {
            int mask = buffer.get(JAVA_INT, at + 4);
            overflown |= (mask & IN_Q_OVERFLOW) != 0;
            Path file = watched.get(buffer.get(JAVA_INT, at));
            if (file != null && (mask & IN_OPEN) != 0) {
                opens.merge(file, 1, Integer::sum);
            }
        }
    }
}
