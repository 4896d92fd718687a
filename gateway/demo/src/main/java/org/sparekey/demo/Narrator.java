// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.demo;

import java.io.PrintStream;

/** Says in words what happens; a step of the log is named by its log and index. */
final class Narrator {

    private static final int WIDTH = 100;

    private final PrintStream out;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void scene(String title) {
        out.println();
        out.println("== " + title + " " + "=".repeat(Math.max(0, WIDTH - title.length() - 4)));
    }

    void says(String words) {
        out.println("   " + words);
    }

    /** A step that the log holds. */
    void step(String words, String log, long index) {
        out.printf("   %s  [%s #%d]%n", words, log, index);
    }

    void refused(String words, String code) {
        out.println("   REFUSED: " + words + " (" + code + ")");
    }

    void lines(String text) {
        text.lines().forEach(line -> out.println("      " + line));
    }

    PrintStream out() {
        return out;
    }
}
