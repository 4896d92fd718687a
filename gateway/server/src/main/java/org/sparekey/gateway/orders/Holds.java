// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.sparekey.protocol.approval.LocatedAsset;
import org.sparekey.protocol.order.Category;

/** What may not be destroyed now, for whoever is about to: asked directly before it, and by nobody for a reseller. */
public final class Holds {

    private final HoldTable holds;
    private final InstantSource clock;

    Holds(HoldTable holds, InstantSource clock) {
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * What keeps a machine's disks: 4-evidence, a content or preservation order holds the disk, an identity order does not.
     *
     * @param faces every way in which hypervisors and registrations show the machine: one that is held is enough
     * @param couldMean whether a target as an order writes it could be this machine; a hold that is not narrowed to one asset
     *     yet covers every candidate
     */
    public Set<Hold> ofDisks(List<LocatedAsset> faces, Predicate<String> couldMean) {
        Set<Hold> found = new LinkedHashSet<>();
        faces.forEach(face -> found.addAll(holds.of(face, clock.instant())));
        holds.wide(clock.instant()).forEach((hold, target) -> {
            if (couldMean.test(target)) {
                found.add(hold);
            }
        });
        found.removeIf(hold -> hold.category() != Category.CONTENT);
        return Set.copyOf(found);
    }
}
