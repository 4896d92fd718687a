// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.PrintWriter;

/** One line that is drawn over itself, without colours; nothing at all where it is not drawn. */
final class ProgressLine implements AutoCloseable {

    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final String task;
    private final boolean drawn;

    ProgressLine(PrintWriter out, String task, boolean drawn) {
        this.out = out;
        this.task = task;
        this.drawn = drawn;
    }

    void at(long done, long total) {
        if (drawn) {
            int full = total == 0 ? WIDTH : (int) (WIDTH * done / total);
            out.print("\r" + task + " [" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + done + "/" + total);
            out.flush();
        }
    }

    @Override
    public void close() {
        if (drawn) {
            out.print("\n");
            out.flush();
        }
    }
}
