// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sparekey.protocol.json.MalformedException;

/**
 * A text and the signatures under it (C2SP signed-note). Parsing and writing are inverse to the byte.
 *
 * @param text ends in a newline
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** The specification demands at least 16. */
    public static final int MAX_SIGNATURES = 64;

    /** 64 post-quantum signature lines of 5 kB, and the text. */
    public static final int MAX_BYTES = 512 << 10;

    private static final String BLANK_LINE = "\n\n";

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("a note's text ends in a newline and holds no other control");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    public static SignedNote parse(byte[] note) throws MalformedException {
        String all = text(note);
        int blank = all.lastIndexOf(BLANK_LINE);
        if (blank < 0 || !all.endsWith("\n") || blank + BLANK_LINE.length() == all.length()) {
            throw new MalformedException("", "not a signed note");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line :
                all.substring(blank + BLANK_LINE.length(), all.length() - 1).split("\n", -1)) {
            signatures.add(NoteSignature.parse(line));
        }
        try {
            return new SignedNote(all.substring(0, blank + 1), signatures);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not a signed note", e);
        }
    }

    private static String text(byte[] note) throws MalformedException {
        if (note.length > MAX_BYTES) {
            throw new MalformedException("", "a note beyond its limit");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("", "not UTF-8", e);
        }
    }

    public byte[] bytes() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same text with more lines under it; a line that is there already is not repeated. */
    public SignedNote with(Collection<NoteSignature> more) {
        Set<NoteSignature> all = new LinkedHashSet<>(signatures);
        all.addAll(more);
        return new SignedNote(text, List.copyOf(all));
    }

    /**
     * Which of the known keys signed this text. None at all when a line that claims a known key does not verify: such a
     * note is forged, whoever else signed it. Lines of unknown keys count for nothing and harm nothing.
     */
    public List<NoteKey> signers(Collection<NoteKey> known) {
        List<NoteKey> signers = new ArrayList<>();
        for (NoteSignature signature : signatures) {
            for (NoteKey key : known) {
                if (signature.claims(key)) {
                    if (!signature.verifies(key, text)) {
                        return List.of();
                    }
                    if (!signers.contains(key)) {
                        signers.add(key);
                    }
                }
            }
        }
        return List.copyOf(signers);
    }
}
