// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * A file list as {@code sha256sum} writes and {@code sha256sum -c} checks it: 64 lower-case hex digits, two spaces, the
 * name, one LF. Sorted by name, so that a list has one spelling only.
 *
 * @param digests by plain file name
 */
public record DigestList(SortedMap<String, Digest> digests) {

    /** A 10 TiB disk in volumes of 1 GiB, with room to spare. */
    public static final int MAX_FILES = 100_000;

    public static final int MAX_BYTES = MAX_FILES * 180;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\n]+)\n");

    public DigestList {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        if (digests.size() > MAX_FILES) {
            throw new IllegalArgumentException("a list names at most 100000 files");
        }
        for (String name : digests.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("a list holds plain file names only");
            }
        }
    }

    public static DigestList of(Map<String, Digest> digests) {
        return new DigestList(new TreeMap<>(digests));
    }

    /** @throws MalformedException for a line of another form, a path, a name twice, or names out of order */
    public static DigestList parse(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("", "a list of files that is too long");
        }
        Map<String, Digest> digests = new TreeMap<>();
        Matcher line = LINE.matcher(new String(bytes, StandardCharsets.US_ASCII));
        while (line.lookingAt()) {
            digests.put(line.group(2), Digest.parseHex(line.group(1)));
            line.region(line.end(), line.regionEnd());
        }
        return identical(digests, bytes);
    }

    public byte[] bytes() {
        StringBuilder text = new StringBuilder();
        digests.forEach((name, digest) ->
                text.append(digest.hex()).append("  ").append(name).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What was left over, was twice or stood elsewhere shows as a difference. */
    private static DigestList identical(Map<String, Digest> digests, byte[] bytes) throws MalformedException {
        try {
            DigestList list = of(digests);
            if (Arrays.equals(list.bytes(), bytes)) {
                return list;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "not a list of plain file names", e);
        }
        throw new MalformedException("", "not a sorted list of digests and file names, each once");
    }
}
