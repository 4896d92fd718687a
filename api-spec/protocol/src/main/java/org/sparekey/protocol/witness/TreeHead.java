// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteText;

/**
 * What a log claims its tree to be, possible or not: a {@code Checkpoint} cannot hold an empty tree with another root,
 * and a witness must answer that claim with its own status.
 */
record TreeHead(long size, Digest root) {

    private static final int LINES = 3;

    static TreeHead parse(String text) throws MalformedException {
        String[] lines = text.split("\n", -1);
        if (lines.length != LINES + 1 || !lines[LINES].isEmpty()) {
            throw new MalformedException("", "a checkpoint has three lines");
        }
        return new TreeHead(NoteText.number(lines[1]), NoteText.hash(lines[2]));
    }
}
