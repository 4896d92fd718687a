// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.listing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparekey.protocol.registration.IpPrefix;

/**
 * Disks, network cards and addresses of one guest, cleaned: what could not be an identifier is left out, because two
 * guests that "share" an empty or senseless value share nothing.
 */
public record Identifiers(List<String> diskIds, List<String> macs, List<String> addresses) {

    /** As many as a registration may name. */
    static final int MAX = 256;

    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String NO_MAC = "00:00:00:00:00:00";
    private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";

    public static Identifiers of(Stream<String> disks, Stream<String> macs, Stream<String> addresses) {
        return new Identifiers(
                once(disks.filter(disk -> !disk.isBlank())),
                once(macs.map(mac -> mac.toLowerCase(Locale.ROOT))
                        .filter(mac -> MAC.matcher(mac).matches() && !mac.equals(NO_MAC))),
                once(addresses.flatMap(text -> address(text).stream())));
    }

    /** Lower case with dashes; empty for what is none, and for the one that firmware gives when nobody set it. */
    public static Optional<String> uuid(String text) {
        String dashed = text.strip().toLowerCase(Locale.ROOT);
        if (dashed.matches("[0-9a-f]{32}")) {
            dashed = dashed.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        }
        return Optional.of(dashed).filter(uuid -> UUID.matcher(uuid).matches() && !uuid.equals(NO_UUID));
    }

    /** {@code 192.0.2.7} or {@code 192.0.2.7/24}: the address itself, whatever network it stands in. */
    private static Optional<String> address(String text) {
        String alone = text.strip().replaceFirst("/[0-9]{1,3}$", "");
        try {
            return Optional.of(IpPrefix.parse(alone).text());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty(); // "dhcp", "auto", "manual": the source does not know it
        }
    }

    private static List<String> once(Stream<String> values) {
        return List.copyOf(new TreeSet<>(values.limit(MAX).toList()));
    }
}
