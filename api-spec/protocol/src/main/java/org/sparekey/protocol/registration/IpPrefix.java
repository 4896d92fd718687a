// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Bytes;

/**
 * An IPv4 or IPv6 prefix; a single address is the longest one. Parsed by hand: the JDK's parser would ask the DNS for
 * what is not an address and take {@code 1.2} for one.
 *
 * @param address 4 or 16 bytes, zero behind the prefix
 */
public record IpPrefix(Bytes address, int length) {

    public static final int V4_BITS = 32;
    public static final int V6_BITS = 128;

    private static final int GROUPS = 8;
    private static final int MAX_TEXT = 49;

    public IpPrefix {
        int bits = address.length() * Byte.SIZE;
        if (bits != V4_BITS && bits != V6_BITS) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes");
        }
        if (length < 0 || length > bits || !masked(address.array(), length).equals(address)) {
            throw new IllegalArgumentException("not a prefix: bits behind its length");
        }
    }

    /**
     * Reads {@code 192.0.2.7}, {@code 192.0.2.0/28}, {@code 2001:db8::/48} in any legal spelling.
     *
     * @throws IllegalArgumentException for anything else: leading zeros, scopes, IPv4 inside IPv6, host bits set
     */
    public static IpPrefix parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw notAnAddress();
        }
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        int bits = address.length * Byte.SIZE;
        return new IpPrefix(Bytes.of(address), slash < 0 ? bits : decimal(text.substring(slash + 1), bits));
    }

    /** Whether the text is the one spelling that {@link #text} gives. */
    public static boolean isCanonical(String text) {
        try {
            return parse(text).text().equals(text);
        } catch (IllegalArgumentException notAPrefix) {
            return false;
        }
    }

    public boolean isV4() {
        return bits() == V4_BITS;
    }

    /** Whether this names one address. */
    public boolean isAddress() {
        return length == bits();
    }

    public boolean contains(IpPrefix other) {
        return other.bits() == bits()
                && other.length >= length
                && masked(other.address.array(), length).equals(address);
    }

    public boolean overlaps(IpPrefix other) {
        return contains(other) || other.contains(this);
    }

    /** The prefix of this length around this one. */
    public IpPrefix widened(int shorter) {
        return new IpPrefix(masked(address.array(), shorter), shorter);
    }

    /** Every prefix that contains this one, from itself to the given length: what a lookup probes. */
    public List<IpPrefix> probes(int shortest) {
        List<IpPrefix> probes = new ArrayList<>();
        for (int probe = length; probe >= shortest; probe--) {
            probes.add(widened(probe));
        }
        return List.copyOf(probes);
    }

    /**
     * The fewest prefixes that hold exactly the addresses from the first to the last, lowest first.
     *
     * @throws IllegalArgumentException when these are not two addresses of one family, the first not above the last
     */
    public static List<IpPrefix> range(IpPrefix first, IpPrefix last) {
        BigInteger from = new BigInteger(1, first.address.array());
        BigInteger to = new BigInteger(1, last.address.array());
        if (first.bits() != last.bits() || !first.isAddress() || !last.isAddress() || from.compareTo(to) > 0) {
            throw new IllegalArgumentException("not a range from one address to another");
        }
        List<IpPrefix> prefixes = new ArrayList<>();
        while (from.compareTo(to) <= 0) {
            int aligned = from.signum() == 0 ? first.bits() : from.getLowestSetBit();
            int fitting = to.subtract(from).add(BigInteger.ONE).bitLength() - 1;
            int free = Math.min(Math.min(aligned, fitting), first.bits());
            prefixes.add(new IpPrefix(bytes(from, first.bits()), first.bits() - free));
            from = from.add(BigInteger.ONE.shiftLeft(free));
        }
        return List.copyOf(prefixes);
    }

    /** RFC 5952 for IPv6; the length only where it is not a single address. */
    public String text() {
        return (isV4() ? v4Text() : v6Text()) + (isAddress() ? "" : "/" + length);
    }

    private int bits() {
        return address.length() * Byte.SIZE;
    }

    private String v4Text() {
        byte[] b = address.array();
        return (b[0] & 0xff) + "." + (b[1] & 0xff) + "." + (b[2] & 0xff) + "." + (b[3] & 0xff);
    }

    private String v6Text() {
        int[] groups = new int[GROUPS];
        byte[] b = address.array();
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (b[2 * i] & 0xff) << Byte.SIZE | b[2 * i + 1] & 0xff;
        }
        int[] run = longestRunOfZeros(groups);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (run[1] > 1 && i == run[0]) {
                text.append("::");
                i += run[1] - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** RFC 5952 section 4.2.3: the first of the longest runs. */
    private static int[] longestRunOfZeros(int[] groups) {
        int[] best = {0, 0};
        for (int start = 0; start < GROUPS; start++) {
            int end = start;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - start > best[1]) {
                best = new int[] {start, end - start};
            }
        }
        return best;
    }

    private static byte[] address(String text) {
        return text.indexOf(':') >= 0 ? v6(text) : v4(text);
    }

    private static byte[] v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw notAnAddress();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            address[i] = (byte) decimal(parts[i], 0xff);
        }
        return address;
    }

    private static byte[] v6(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int zeros = GROUPS - head.size() - tail.size();
        if (gap < 0 ? zeros != 0 : zeros < 1) {
            throw notAnAddress();
        }
        List<Integer> all = new ArrayList<>(head);
        for (int i = 0; i < zeros; i++) {
            all.add(0);
        }
        all.addAll(tail);
        byte[] address = new byte[V6_BITS / Byte.SIZE];
        for (int i = 0; i < GROUPS; i++) {
            address[2 * i] = (byte) (all.get(i) >> Byte.SIZE);
            address[2 * i + 1] = (byte) (int) all.get(i);
        }
        return address;
    }

    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        for (String group : text.isEmpty() ? new String[0] : text.split(":", -1)) {
            if (!group.matches("[0-9a-fA-F]{1,4}")) {
                throw notAnAddress();
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return groups;
    }

    private static int decimal(String text, int max) {
        if (!text.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(text) > max) {
            throw notAnAddress();
        }
        return Integer.parseInt(text);
    }

    private static Bytes masked(byte[] address, int length) {
        BigInteger ones = BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE);
        BigInteger mask = ones.shiftLeft(address.length * Byte.SIZE - length);
        return bytes(new BigInteger(1, address).and(mask), address.length * Byte.SIZE);
    }

    private static Bytes bytes(BigInteger number, int bits) {
        byte[] value = number.toByteArray();
        byte[] address = new byte[bits / Byte.SIZE];
        int take = Math.min(value.length, address.length);
        System.arraycopy(value, value.length - take, address, address.length - take, take);
        return Bytes.of(address);
    }

    private static IllegalArgumentException notAnAddress() {
        return new IllegalArgumentException("not an IP address or prefix");
    }
}
