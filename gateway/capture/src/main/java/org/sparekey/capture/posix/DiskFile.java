// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.sparekey.capture.Extent;
import org.sparekey.capture.Extents;

/** A raw image opened once, read only: the path may be swapped afterwards, the bytes may not. Linux, 64 bit. */
public final class DiskFile implements AutoCloseable {

    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int F_OFD_GETLK = 36;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;

    /** struct flock: short type, short whence, long start, long length, int pid. */
    private static final int FLOCK_BYTES = 32;

    private static final MethodHandle OPEN =
            Libc.find("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), 2);
    private static final MethodHandle LSEEK =
            Libc.find("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT), -1);
    private static final MethodHandle FCNTL =
            Libc.find("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), 2);
    private static final MethodHandle CLOSE = Libc.find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);

    private final int descriptor;
    private final FileChannel channel;

    private DiskFile(int descriptor, FileChannel channel) {
        this.descriptor = descriptor;
        this.channel = channel;
    }

    public static DiskFile open(Path path) throws IOException {
        int descriptor = descriptor(path);
        try {
            // Through the descriptor, so that both are the same inode whatever happens to the path meanwhile.
            return new DiskFile(
                    descriptor, FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.READ));
        } catch (IOException e) {
            close(descriptor);
            throw e;
        }
    }

    public long size() throws IOException {
        return channel.size();
    }

    /** The descriptor's number in this process, for /proc. */
    public int descriptor() {
        return descriptor;
    }

    /** The file system's own map (lseek(2), SEEK_DATA and SEEK_HOLE); one extent where it keeps none. */
    public List<Extent> extents() throws IOException {
        Extents extents = new Extents();
        long size = size();
        long at = seek(0, SEEK_DATA);
        while (at >= 0 && at < size) {
            long hole = seek(at, SEEK_HOLE);
            long end = hole < 0 ? size : Math.min(hole, size);
            extents.add(at, end - at);
            at = seek(end, SEEK_DATA);
        }
        return extents.list();
    }

    /** Fills the buffer from the offset. */
    public void read(long offset, ByteBuffer into) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, at);
            if (count < 0) {
                throw new EOFException("the image became shorter while it was read");
            }
            at += count;
        }
    }

    /**
     * Whether another open file description holds any POSIX or OFD lock on the file, as QEMU does on every image it
     * uses, of whichever user. It does not see a writer that takes no lock.
     */
    public boolean lockedElsewhere() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            MemorySegment flock = arena.allocate(FLOCK_BYTES, 8);
            flock.set(JAVA_SHORT, 0, F_WRLCK);
            if (fcntl(state, flock) < 0) {
                throw Libc.failed("fcntl", state);
            }
            return flock.get(JAVA_SHORT, 0) != F_UNLCK;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            close(descriptor);
        }
    }

    /** -1 when there is no more of what is sought. */
    private long seek(long offset, int whence) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            long at = lseek(state, offset, whence);
            if (at < 0 && Libc.errno(state) != Libc.ENXIO) {
                throw Libc.failed("lseek", state);
            }
            return at;
        }
    }

    private static int descriptor(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            int descriptor;
            try {
                descriptor = (int) OPEN.invokeExact(state, arena.allocateFrom(path.toString()), O_RDONLY_CLOEXEC, 0);
            } catch (Throwable e) {
                throw Libc.broken(e);
            }
            if (descriptor < 0) {
                throw Libc.failed("open", state);
            }
            return descriptor;
        }
    }

    private long lseek(MemorySegment state, long offset, int whence) {
        try {
            return (long) LSEEK.invokeExact(state, descriptor, offset, whence);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    private int fcntl(MemorySegment state, MemorySegment flock) {
        try {
            return (int) FCNTL.invokeExact(state, descriptor, F_OFD_GETLK, flock);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    private static void close(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = Libc.state(arena);
            int closed;
            try {
                closed = (int) CLOSE.invokeExact(state, descriptor);
            } catch (Throwable e) {
                throw Libc.broken(e);
            }
            if (closed < 0) {
                throw Libc.failed("close", state);
            }
        }
    }
}
