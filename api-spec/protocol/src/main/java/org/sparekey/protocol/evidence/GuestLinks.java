// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The network links of one guest.
 *
 * @param reach what a word about a link means with this driver
 * @param links one for each interface, in the hypervisor's order
 */
public record GuestLinks(Reach reach, List<Link> links) {

    public GuestLinks {
        links = List.copyOf(links);
        Set<String> macs = new HashSet<>();
        for (Link link : links) {
            if (!macs.add(link.mac())) {
                throw new IllegalArgumentException("two links under one hardware address");
            }
        }
    }

    public enum Reach {
        /** The hypervisor switches the link; the guest sees no carrier. */
        LINK,
        /** Written down beside the images, whose guests no network of this driver's reaches: nothing was switched. */
        RECORDED_ONLY
    }

    /**
     * @param mac lower case with colons
     * @param now whether it is up; empty for a guest that does not run
     * @param next whether it is up at the next start; empty for a guest that has no next start
     */
    public record Link(String mac, Optional<Boolean> now, Optional<Boolean> next) {

        public boolean cut() {
            return !now.orElse(false) && !next.orElse(false);
        }
    }

    /** Whether nothing of the guest is on the net, now or at its next start. */
    public boolean cut() {
        return links.stream().allMatch(Link::cut);
    }

    public Optional<Link> link(String mac) {
        return links.stream().filter(link -> link.mac().equals(mac)).findFirst();
    }

    /** Whether each link that was there before and still is, is what it was. What has come since does not count. */
    public boolean givesBack(GuestLinks before) {
        return before.links().stream()
                .allMatch(was -> link(was.mac())
                        .map(is -> same(was.now(), is.now()) && same(was.next(), is.next()))
                        .orElse(true));
    }

    /** A guest that ran then and does not now, or the other way round, has nothing to compare. */
    private static boolean same(Optional<Boolean> was, Optional<Boolean> is) {
        return was.isEmpty() || is.isEmpty() || was.equals(is);
    }
}
