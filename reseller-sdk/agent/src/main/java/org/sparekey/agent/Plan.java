// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sparekey.agent.source.Listing;
import org.sparekey.client.Vps;

/**
 * What a run is going to say: a pure function of what is listed, remembered and registered.
 *
 * @param machines all that are listed, each with the instant to be registered
 * @param ends machines to be ended, with their instants
 * @param waiting missing for the first time: ended when the next complete listing misses them too
 * @param changes one a line: + new, ~ changed, - gone
 * @param heldBack why nothing at all is said; empty = go on
 * @param memory what is to be remembered, also when nothing is sent
 */
record Plan(
        List<Vps> machines,
        Map<String, Instant> ends,
        List<String> waiting,
        List<String> changes,
        List<String> heldBack,
        Memory memory) {

    /**
     * Judges the machines of the listing's cluster alone: the others are another run's.
     *
     * @param registered the machines of all clusters that are registered and not ended
     */
    static Plan of(Listing listing, List<String> registered, Memory before, Instants instants, Caution caution) {
        List<String> alive = registered.stream().filter(listing::covers).toList();
        Memory memory = before.copy();
        List<Vps> machines = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        List<String> gone = new ArrayList<>(alive);
        Set<String> here = Set.copyOf(alive);
        int lostCustomers = 0;
        for (Vps machine : listing.machines()) {
            var known = before.machine(machine.asset());
            boolean forgotten = known.isEmpty() && here.contains(machine.asset());
            Remembered said = forgotten ? instants.learned(machine) : instants.of(machine, known);
            List<String> what = known.map(old -> old.differences(said)).orElse(List.of());
            memory.say(said);
            if (what.contains("uuid") && known.flatMap(Remembered::uuid).isPresent()) {
                memory.reinstalled(said.name());
            }
            machines.add(said.vps(memory.isReinstalled(said.name())));
            lostCustomers += what.contains("customer") && said.customer().isEmpty() ? 1 : 0;
            if (forgotten) {
                changes.add("~ " + said.name() + ": what was said of it is forgotten, so it is said as it is now");
            } else if (known.isEmpty() || !what.isEmpty()) {
                changes.add((known.isEmpty() ? "+ " : "~ ") + said.name() + words(what));
            }
        }
        gone.removeAll(machines.stream().map(Vps::asset).collect(java.util.stream.Collectors.toSet()));
        int losses = lostCustomers + (listing.complete() ? gone.size() : 0);
        if (!caution.believes(losses, alive.size())) {
            return new Plan(List.of(), Map.of(), List.of(), changes, List.of(reason(losses, alive.size())), before);
        }
        return ends(listing.complete() ? gone : List.of(), machines, changes, memory, instants, caution);
    }

    private static Plan ends(
            List<String> gone,
            List<Vps> machines,
            List<String> changes,
            Memory memory,
            Instants instants,
            Caution caution) {
        memory.met(machines.stream().map(Vps::asset).toList());
        Map<String, Instant> missed = new HashMap<>();
        gone.forEach(name -> missed.put(name, memory.missedSince(name, instants.now())));
        Map<String, Instant> ends = new TreeMap<>(caution.ended(gone, missed, instants.now()));
        List<String> waiting = new ArrayList<>(gone);
        waiting.removeAll(ends.keySet());
        ends.keySet().forEach(name -> changes.add("- " + name));
        return new Plan(machines, ends, waiting, changes, List.of(), memory);
    }

    private static String words(List<String> what) {
        return what.isEmpty() ? "" : ": " + String.join(", ", what);
    }

    private static String reason(int losses, int fleet) {
        return losses + " of " + fleet
                + " machines are gone or lost their customer, so nothing was registered: if it is"
                + " so, run once with --confirm-losses " + losses;
    }
}
