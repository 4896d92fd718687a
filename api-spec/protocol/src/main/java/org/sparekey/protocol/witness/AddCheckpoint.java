// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.SignedNote;

/**
 * What a log sends to a witness (C2SP tlog-witness, {@code add-checkpoint}): the size it believes the witness has seen,
 * the hashes of the consistency proof from there, and the signed checkpoint. Parsing and writing are inverse to the byte.
 *
 * @param proof at most 63 hashes
 */
public record AddCheckpoint(long oldSize, List<Digest> proof, SignedNote checkpoint) {

    /** Where a log posts this, below the witness's submission prefix. */
    public static final String PATH = "/add-checkpoint";

    /** Sizes are below 2^63, so no proof is longer. */
    public static final int MAX_HASHES = 63;

    /** A full head of 63 lines of 45 bytes and the largest note. */
    public static final int MAX_BYTES = (4 << 10) + SignedNote.MAX_BYTES;

    private static final String OLD = "old ";
    private static final String BLANK_LINE = "\n\n";

    /** @throws IllegalArgumentException when the size is negative or the proof longer than any proof */
    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (oldSize < 0 || proof.size() > MAX_HASHES) {
            throw new IllegalArgumentException("not a request to a witness");
        }
    }

    /** Reads a request. What its checkpoint says, and whether anybody signed it, is for {@link Witnessing} to judge. */
    public static AddCheckpoint parse(byte[] body) throws MalformedException {
        if (body.length > MAX_BYTES) {
            throw new MalformedException("", "a request beyond its limit");
        }
        String ascii = new String(body, StandardCharsets.ISO_8859_1);
        int blank = ascii.indexOf(BLANK_LINE);
        if (blank < 0 || !ascii.startsWith(OLD)) {
            throw new MalformedException("", "not a request to a witness");
        }
        String[] lines = ascii.substring(0, blank).split("\n", -1);
        if (lines.length - 1 > MAX_HASHES) {
            throw new MalformedException("", "a proof longer than any tree is high");
        }
        List<Digest> proof = new ArrayList<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            proof.add(NoteText.hash(line));
        }
        SignedNote note = SignedNote.parse(Arrays.copyOfRange(body, blank + BLANK_LINE.length(), body.length));
        return new AddCheckpoint(NoteText.number(lines[0].substring(OLD.length())), proof, note);
    }

    public byte[] bytes() {
        StringBuilder head = new StringBuilder(OLD + oldSize + "\n");
        proof.forEach(hash -> head.append(NoteText.base64(hash.array())).append('\n'));
        byte[] first = head.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        byte[] note = checkpoint.bytes();
        byte[] all = Arrays.copyOf(first, first.length + note.length);
        System.arraycopy(note, 0, all, first.length, note.length);
        return all;
    }

    /** The origin the checkpoint names: its first line, of a known log or not. */
    public String origin() {
        return checkpoint.text().substring(0, checkpoint.text().indexOf('\n'));
    }
}
