// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sparekey.protocol.json.Bytes;

/**
 * What the agent said of each machine, and which machines listings have missed since when. What the gateway accepted is in
 * the client's ledger, not here: this decides instants, and which disks were wiped until the gateway has accepted it.
 */
final class Memory {

    private final Map<String, Remembered> machines = new TreeMap<>();
    private final Map<String, Instant> missing = new TreeMap<>();
    private final Set<String> reinstalled = new TreeSet<>();
    private Optional<Bytes> spread = Optional.empty();

    /**
     * The form on disk.
     *
     * @param reinstalled machines whose disk was wiped, which the gateway has not accepted yet; absent = none
     * @param spread the key of {@link Spread}; absent = none was drawn yet
     */
    record Form(
            int v,
            List<Remembered> machines,
            Map<String, Instant> missing,
            Optional<List<String>> reinstalled,
            Optional<Bytes> spread) {

        static final int VERSION = 1;

        Form {
            if (v != VERSION) {
                throw new IllegalArgumentException("a memory of another version");
            }
            machines = List.copyOf(machines);
            missing = Map.copyOf(missing);
            reinstalled = reinstalled.map(List::copyOf);
        }
    }

    static Memory empty() {
        return new Memory();
    }

    static Memory of(Form form) {
        Memory memory = new Memory();
        form.machines().forEach(memory::say);
        memory.missing.putAll(form.missing());
        form.reinstalled().ifPresent(memory.reinstalled::addAll);
        memory.spread = form.spread();
        return memory;
    }

    Form form() {
        Optional<List<String>> wiped = reinstalled.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(reinstalled));
        return new Form(Form.VERSION, new ArrayList<>(machines.values()), missing, wiped, spread);
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

    /** Drawn once and kept with what is remembered; one that is lost is drawn anew, and nobody sees a difference. */
    Spread spread(SecureRandom random) {
        if (spread.isEmpty()) {
            byte[] key = new byte[Spread.KEY_BYTES];
            random.nextBytes(key);
            spread = Optional.of(Bytes.of(key));
        }
        return new Spread(spread.get());
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
        reinstalled.remove(name);
    }

    /** Its disk was wiped: to be said until the gateway has accepted the machine as it is remembered. */
    void reinstalled(String name) {
        reinstalled.add(name);
    }

    boolean isReinstalled(String name) {
        return reinstalled.contains(name);
    }

    /** The machines that are still to be said to be wiped, as they are remembered. */
    List<Remembered> reinstalled() {
        return machines.values().stream()
                .filter(machine -> reinstalled.contains(machine.name()))
                .toList();
    }

    /** Of the machines that were wiped only these are not accepted yet. */
    void stillReinstalled(Collection<String> names) {
        reinstalled.retainAll(names);
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
