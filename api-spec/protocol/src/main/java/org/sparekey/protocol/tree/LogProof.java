// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * One file that proves offline that an entry is in a log (C2SP tlog-proof): its index, the path, the signed checkpoint.
 * The optional {@code extra} line of the format is refused: nothing authenticates it.
 */
public record LogProof(InclusionProof inclusion, SignedNote checkpoint) {

    public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";

    private static final String INDEX = "index ";
    private static final String BLANK_LINE = "\n\n";

    /** Reads a proof; whether it proves anything is for {@link #proven} to say. */
    public static LogProof parse(byte[] proof) throws MalformedException {
        String head = head(proof);
        String[] lines = head.split("\n", -1);
        if (!lines[0].equals(FIRST_LINE) || lines.length < 2 || !lines[1].startsWith(INDEX)) {
            throw new MalformedException("", "not a tlog-proof");
        }
        if (lines.length - 2 > InclusionProof.MAX_HASHES) {
            throw new MalformedException("", "a path longer than any tree is high");
        }
        List<Digest> path = new ArrayList<>();
        for (String line : List.of(lines).subList(2, lines.length)) {
            path.add(NoteText.hash(line));
        }
        int headBytes = head.getBytes(StandardCharsets.UTF_8).length + BLANK_LINE.length();
        SignedNote note = SignedNote.parse(Arrays.copyOfRange(proof, headBytes, proof.length));
        long size = Checkpoint.parse(note.text()).size();
        return new LogProof(new InclusionProof(NoteText.number(lines[1].substring(INDEX.length())), size, path), note);
    }

    /** Everything before the first blank line, which is ASCII; the checkpoint behind it is taken verbatim. */
    private static String head(byte[] proof) throws MalformedException {
        String ascii = new String(proof, StandardCharsets.ISO_8859_1);
        int blank = ascii.indexOf(BLANK_LINE);
        if (blank < 0 || ascii.substring(0, blank).chars().anyMatch(c -> c > '~')) {
            throw new MalformedException("", "not a tlog-proof");
        }
        return ascii.substring(0, blank);
    }

    public byte[] bytes() {
        StringBuilder head = new StringBuilder(FIRST_LINE + "\n" + INDEX + inclusion.index() + "\n");
        inclusion
                .path()
                .forEach(hash -> head.append(NoteText.base64(hash.array())).append('\n'));
        byte[] first = head.append('\n').toString().getBytes(StandardCharsets.US_ASCII);
        byte[] note = checkpoint.bytes();
        byte[] all = Arrays.copyOf(first, first.length + note.length);
        System.arraycopy(note, 0, all, first.length, note.length);
        return all;
    }

    /**
     * The checkpoint, if the log's own key signed it, it names that key's origin, and its tree holds the leaf at the
     * index; empty otherwise. Whether enough witnesses signed too is the policy's question, not this one's.
     */
    public Optional<Checkpoint> proven(Digest leafHash, NoteKey log) {
        try {
            Checkpoint head = Checkpoint.parse(checkpoint.text());
            boolean proven = head.origin().equals(log.name())
                    && head.size() == inclusion.treeSize()
                    && !checkpoint.signers(List.of(log)).isEmpty()
                    && inclusion.proves(leafHash, head.root());
            return proven ? Optional.of(head) : Optional.empty();
        } catch (MalformedException notACheckpoint) {
            return Optional.empty();
        }
    }
}
