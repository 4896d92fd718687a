// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** The head of a log's tree (C2SP tlog-checkpoint): three lines. Extension lines are refused: no cosignature covers them. */
public record Checkpoint(String origin, long size, Digest root) {

    private static final int LINES = 3;

    public Checkpoint {
        NoteText.requireName(origin);
        if (size < 0 || (size == 0 && !root.equals(TreeHash.EMPTY_ROOT))) {
            throw new IllegalArgumentException("not the size of a tree");
        }
    }

    /** The note text: what is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + NoteText.base64(root.array()) + "\n";
    }

    public static Checkpoint parse(String text) throws MalformedException {
        String[] lines = text.split("\n", -1);
        if (lines.length != LINES + 1 || !lines[LINES].isEmpty()) {
            throw new MalformedException("", "a checkpoint has three lines");
        }
        byte[] root = NoteText.base64(lines[2]);
        try {
            return new Checkpoint(lines[0], NoteText.number(lines[1]), Digest.of(root));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not a checkpoint", e);
        }
    }
}
