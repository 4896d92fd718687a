// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;

/** Who had what at one instant, ready for many questions. */
public final class Landlords {

    private final Map<String, List<Assignment>> byValue = new HashMap<>();
    private final Instant at;

    Landlords(List<Assignment> all, Instant at) {
        this.at = at;
        all.stream()
                .filter(one -> one.holdsAt(at))
                .forEach(one -> byValue.computeIfAbsent(one.kind() + " " + one.value(), absent -> new ArrayList<>())
                        .add(one));
    }

    /** The last in the chain who had the address. */
    public Optional<PartyId> of(IpPrefix address) {
        List<Assignment> around = new ArrayList<>();
        for (IpPrefix probe : address.probes(0)) {
            around.addAll(byValue.getOrDefault(Assignment.Kind.PREFIX + " " + probe.text(), List.of()));
        }
        return last(around);
    }

    /** Whose a guest must be: by its addresses where they are all of one reseller, else by the place it runs at. */
    public Optional<PartyId> of(Observation guest) {
        List<PartyId> byAddress = guest.addresses().stream()
                .map(IpPrefix::parse)
                .flatMap(address -> of(address).stream())
                .distinct()
                .toList();
        return byAddress.size() == 1
                ? Optional.of(byAddress.get(0))
                : guest.node().flatMap(this::ofPlace);
    }

    /** The last in the chain who had the server or, where no server bears the name, the port of the switch. */
    public Optional<PartyId> ofPlace(String name) {
        return last(byValue.getOrDefault(Assignment.Kind.SERVER + " " + name, List.of()))
                .or(() -> last(byValue.getOrDefault(Assignment.Kind.PORT + " " + name, List.of())));
    }

    private Optional<PartyId> last(List<Assignment> around) {
        List<Assignment> chain = new Chains(around).at(at);
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(chain.get(chain.size() - 1).reseller());
    }
}
