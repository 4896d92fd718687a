// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.sparekey.protocol.json.MalformedException;

/**
 * The one zip file of a set of members (9-formats): stored, sorted by name, 1980-01-01 00:00, no attributes, no extra
 * field, no comment, no data descriptor (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16). Whoever reads rebuilds
 * it and demands the same bytes, so nothing can hide between the members.
 */
public final class CanonicalZip {

    public static final int MAX_MEMBERS = 10_000;
    public static final int MAX_BYTES = 256 << 20;
    public static final int MAX_NAME_CHARS = 200;

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int SIZE_AT = 18;
    private static final int NAME_LENGTH_AT = 26;

    /** Version 1.0: stored files in no folder of their own. */
    private static final short VERSION = 10;

    /** MS-DOS date of 1980-01-01: year 0, month 1, day 1. */
    private static final short DATE = (1 << 5) | 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");

    private CanonicalZip() {}

    /** @throws IllegalArgumentException when a name is not a plain relative path or a limit is passed */
    public static byte[] write(SortedMap<String, byte[]> members) {
        long total = END_BYTES;
        for (var member : members.entrySet()) {
            checkName(member.getKey());
            total += LOCAL_BYTES + CENTRAL_BYTES + 2L * member.getKey().length() + member.getValue().length;
        }
        if (members.size() > MAX_MEMBERS || total > MAX_BYTES) {
            throw new IllegalArgumentException("a bundle has at most 10000 members and 256 MiB");
        }
        ByteBuffer zip = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer directory = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
        for (var member : new TreeMap<>(members).entrySet()) {
            writeMember(zip, directory, member.getKey(), member.getValue());
        }
        int start = zip.position();
        int length = directory.flip().remaining();
        zip.put(directory).putInt(END).putShort((short) 0).putShort((short) 0);
        zip.putShort((short) members.size()).putShort((short) members.size());
        zip.putInt(length).putInt(start).putShort((short) 0);
        return zip.array();
    }

    /** @throws MalformedException when it is not a zip, or not the one that {@link #write} makes of its members */
    public static SortedMap<String, byte[]> read(byte[] bytes) throws MalformedException {
        if (bytes.length > MAX_BYTES) {
            throw new MalformedException("", "a bundle beyond 256 MiB");
        }
        TreeMap<String, byte[]> members = new TreeMap<>();
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (zip.remaining() >= LOCAL_BYTES && zip.getInt(zip.position()) == LOCAL) {
            readMember(zip, members);
        }
        try {
            if (Arrays.equals(write(members), bytes)) {
                return members;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("", "a member whose name is not a plain relative path", e);
        }
        throw new MalformedException("", "not a canonical zip: rebuilt from its members it has other bytes");
    }

    private static void writeMember(ByteBuffer zip, ByteBuffer directory, String name, byte[] data) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        int offset = zip.position();
        zip.putInt(LOCAL);
        common(zip, ascii, data);
        zip.put(ascii).put(data);
        directory.putInt(CENTRAL).putShort(VERSION);
        common(directory, ascii, data);
        // comment length, disk number, internal and external attributes, all zero; then where the member lies
        directory.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
        directory.putInt(offset).put(ascii);
    }

    /** The fields that local and central header share: version to extra field length. */
    private static void common(ByteBuffer out, byte[] name, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(data);
        out.putShort(VERSION).putShort((short) 0).putShort((short) 0);
        out.putShort((short) 0).putShort(DATE);
        out.putInt((int) crc.getValue()).putInt(data.length).putInt(data.length);
        out.putShort((short) name.length).putShort((short) 0);
    }

    private static void readMember(ByteBuffer zip, TreeMap<String, byte[]> members) throws MalformedException {
        int start = zip.position();
        int size = zip.getInt(start + SIZE_AT);
        int nameLength = Short.toUnsignedInt(zip.getShort(start + NAME_LENGTH_AT));
        long end = (long) start + LOCAL_BYTES + nameLength + Integer.toUnsignedLong(size);
        if (end > zip.limit() || members.size() >= MAX_MEMBERS) {
            throw new MalformedException("", "a zip that ends inside a member, or has too many");
        }
        byte[] name = new byte[nameLength];
        byte[] data = new byte[size];
        zip.position(start + LOCAL_BYTES).get(name).get(data);
        if (members.put(new String(name, StandardCharsets.US_ASCII), data) != null) {
            throw new MalformedException("", "a member that is there twice");
        }
    }

    private static void checkName(String name) {
        if (name.length() > MAX_NAME_CHARS || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain relative path");
        }
    }
}
