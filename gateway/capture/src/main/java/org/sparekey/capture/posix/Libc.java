// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Calls into libc that answer -1 and set errno. */
final class Libc {

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private Libc() {}

    /** @param firstVariadic the index of the first variadic argument, or -1 */
    static MethodHandle find(String name, FunctionDescriptor shape, int firstVariadic) {
        MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
        Linker.Option errno = Linker.Option.captureCallState("errno");
        return firstVariadic < 0
                ? LINKER.downcallHandle(address, shape, errno)
                : LINKER.downcallHandle(address, shape, errno, Linker.Option.firstVariadicArg(firstVariadic));
    }

    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
    }

    static IOException failed(String call, MemorySegment state) {
        return new IOException(call + " failed with errno " + errno(state));
    }

    /** A downcall throws only what is broken in this program. */
    static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("a call into libc could not be made", e);
    }
}
