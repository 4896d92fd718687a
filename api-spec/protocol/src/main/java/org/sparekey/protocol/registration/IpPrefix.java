// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    private static final int BYTE = 0xff;
    private static final int HEX = 16;
    private static final int ASCII = 0x80;

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
        return canonical(text).isPresent();
    }

    /** The prefix, where the text is the one spelling that {@link #text} gives. */
    public static Optional<IpPrefix> canonical(String text) {
        try {
            IpPrefix prefix = parse(text);
            return prefix.text().equals(text) ? Optional.of(prefix) : Optional.empty();
        } catch (IllegalArgumentException notAPrefix) {
            return Optional.empty();
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
                && agree(address.array(), other.address.array(), length);
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
        byte[] address = new byte[V4_BITS / Byte.SIZE];
        int from = 0;
        for (int i = 0; i < address.length; i++) {
            boolean last = i == address.length - 1;
            int to = last ? text.length() : text.indexOf('.', from);
            if (to < 0) {
                throw notAnAddress();
            }
            address[i] = (byte) decimal(text.substring(from, to), BYTE);
            from = to + 1;
        }
        return address;
    }

    private static byte[] v6(String text) {
        byte[] address = new byte[V6_BITS / Byte.SIZE];
        int gap = text.indexOf("::");
        int head = groups(gap < 0 ? text : text.substring(0, gap), address);
        byte[] behind = new byte[address.length];
        int tail = gap < 0 ? 0 : groups(text.substring(gap + 2), behind);
        int zeros = GROUPS - head - tail;
        if (gap < 0 ? zeros != 0 : zeros < 1) {
            throw notAnAddress();
        }
        System.arraycopy(behind, 0, address, address.length - 2 * tail, 2 * tail);
        return address;
    }

    /** Writes the groups one behind the other. @return how many there are */
    private static int groups(String text, byte[] address) {
        int count = 0;
        int from = 0;
        while (!text.isEmpty() && from <= text.length()) {
            int colon = text.indexOf(':', from);
            int to = colon < 0 ? text.length() : colon;
            if (count == GROUPS) {
                throw notAnAddress();
            }
            int group = group(text, from, to);
            address[2 * count] = (byte) (group >> Byte.SIZE);
            address[2 * count + 1] = (byte) group;
            count++;
            from = to + 1;
        }
        return count;
    }

    /** One to four hexadecimal digits of ASCII. */
    private static int group(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            throw notAnAddress();
        }
        int group = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < ASCII ? Character.digit(text.charAt(i), HEX) : -1;
            if (digit < 0) {
                throw notAnAddress();
            }
            group = group * HEX + digit;
        }
        return group;
    }

    /** One to three digits of ASCII without a leading zero. */
    private static int decimal(String text, int max) {
        if (text.isEmpty() || text.length() > 3 || text.length() > 1 && text.charAt(0) == '0') {
            throw notAnAddress();
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw notAnAddress();
            }
            number = number * 10 + digit;
        }
        if (number > max) {
            throw notAnAddress();
        }
        return number;
    }

    private static Bytes masked(byte[] address, int length) {
        byte[] masked = new byte[address.length];
        int whole = length / Byte.SIZE;
        System.arraycopy(address, 0, masked, 0, whole);
        int rest = length % Byte.SIZE;
        if (rest > 0) {
            masked[whole] = (byte) (address[whole] & BYTE << Byte.SIZE - rest);
        }
        return Bytes.of(masked);
    }

    /** Whether two addresses of one length agree in so many bits. */
    private static boolean agree(byte[] one, byte[] other, int bits) {
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(one, 0, whole, other, 0, whole)
                && (rest == 0 || ((one[whole] ^ other[whole]) & BYTE << Byte.SIZE - rest & BYTE) == 0);
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
