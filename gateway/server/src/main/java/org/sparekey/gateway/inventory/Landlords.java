// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.protocol.registration.IpPrefix;

/** Who had what at one instant, ready for many questions. */
public final class Landlords {

    private final Map<String, List<Assignment>> byValue;
    private final Instant at;

    Landlords(List<Assignment> all, Instant at) {
        this.at = at;
        this.byValue = new HashMap<>();
        all.forEach(one -> byValue.computeIfAbsent(one.kind() + " " + one.value(), absent -> new ArrayList<>())
                .add(one));
    }

    private Landlords(Map<String, List<Assignment>> byValue, Instant at) {
        this.byValue = byValue;
        this.at = at;
    }

    /** The same, as known now, at another instant. */
    public Landlords at(Instant other) {
        return new Landlords(byValue, other);
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

    /**
     * Whether the tables know whose the guest is, by an address or by its place, and none of them names the claimant: what
     * speaks for him is enough, because a guest may show an address that is not its own.
     */
    public boolean anothers(Observation guest, PartyId claimant) {
        Set<PartyId> named = Stream.concat(
                        guest.addresses().stream().map(IpPrefix::parse).flatMap(address -> of(address).stream()),
                        guest.node().flatMap(this::ofPlace).stream())
                .collect(Collectors.toSet());
        return !named.isEmpty() && !named.contains(claimant);
    }

    /** The last in the chain who had the server or, where no server bears the name, the port of the switch. */
    public Optional<PartyId> ofPlace(String name) {
        return last(byValue.getOrDefault(Assignment.Kind.SERVER + " " + name, List.of()))
                .or(() -> last(byValue.getOrDefault(Assignment.Kind.PORT + " " + name, List.of())));
    }

    private Optional<PartyId> last(List<Assignment> around) {
        List<Assignment> held = around.stream().filter(one -> one.holdsAt(at)).toList();
        List<Assignment> chain = new Chains(held).at(at);
        return chain.isEmpty()
                ? Optional.empty()
                : Optional.of(chain.get(chain.size() - 1).reseller());
    }
}
