// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.hypervisor;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What one side took from a hypervisor's description of a guest, as a line of text in which order does not matter. */
public record Described(String line) {

    /** @param container whether it is one, else a virtual machine */
    public static Described guest(
            boolean container,
            String name,
            Optional<String> uuid,
            List<String> macs,
            List<String> disks,
            List<String> addresses) {
        return new Described(String.join(
                "|", container ? "CONTAINER" : "VM", name, uuid.orElse(""), once(macs), once(disks), once(addresses)));
    }

    /** It was not taken, and this is the coded reason. */
    public static Described refused(String reason) {
        return new Described("refused: " + reason);
    }

    boolean taken() {
        return !line.startsWith("refused: ");
    }

    private static String once(List<String> values) {
        return String.join(" ", new TreeSet<>(values));
    }
}
