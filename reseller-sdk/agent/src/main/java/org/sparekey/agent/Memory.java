// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the agent said of each machine, and which machines listings have missed since when. What the gateway accepted is in
 * the client's ledger, not here: this only decides instants, and loses nothing but caution when it is lost.
 */
final class Memory {

    private final Map<String, Remembered> machines = new TreeMap<>();
    private final Map<String, Instant> missing = new TreeMap<>();

    /** The form on disk. */
    record Form(int v, List<Remembered> machines, Map<String, Instant> missing) {

        static final int VERSION = 1;

        Form {
            if (v != VERSION) {
                throw new IllegalArgumentException("a memory of another version");
            }
            machines = List.copyOf(machines);
            missing = Map.copyOf(missing);
        }
    }

    static Memory empty() {
        return new Memory();
    }

    static Memory of(Form form) {
        Memory memory = new Memory();
        form.machines().forEach(memory::say);
        memory.missing.putAll(form.missing());
        return memory;
    }

    Form form() {
        return new Form(Form.VERSION, new ArrayList<>(machines.values()), missing);
    }

    Memory copy() {
        return of(form());
    }

    Optional<Remembered> machine(String name) {
        return Optional.ofNullable(machines.get(name));
    }

    /** By the hypervisor's own number or name; empty when two clusters have one of that name and none is given. */
    Optional<Remembered> machine(Optional<String> cluster, String vm) {
        List<Remembered> found = machines.values().stream()
                .filter(machine -> machine.vm().equals(vm)
                        && cluster.map(machine.cluster()::equals).orElse(true))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    int size() {
        return machines.size();
    }

    void say(Remembered machine) {
        machines.put(machine.name(), machine);
    }

    void forget(String name) {
        machines.remove(name);
        missing.remove(name);
    }

    /** Since when a complete listing has missed it, this one included. */
    Instant missedSince(String name, Instant now) {
        return missing.computeIfAbsent(name, first -> now);
    }

    /** What is listed again was never gone. */
    void met(Collection<String> names) {
        missing.keySet().removeAll(names);
    }
}
