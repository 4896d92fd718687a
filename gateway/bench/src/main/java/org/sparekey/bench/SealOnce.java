// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that seals one copy and says how much memory it ever had: {@code SealOnce DIRECTORY MEBIBYTES}. */
final class SealOnce {

    static final String RESIDENT = "resident kB ";

    private static final String HIGH_WATER = "VmHWM:";

    private SealOnce() {}

    public static void main(String[] arguments) throws IOException {
        SealStand stand = new SealStand(Path.of(arguments[0]), "raw", Sources.clock(), Sources.random());
        stand.write(Integer.parseInt(arguments[1]));
        stand.seal();
        // proc(5): the peak resident set size
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(HIGH_WATER)) {
                System.out.println(RESIDENT + line.replaceAll("[^0-9]", ""));
            }
        }
    }
}
