// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.client.Vps;
import org.sparekey.protocol.json.Wire;

/**
 * Carries out what people commanded: end a machine, move an address. A command lies in the spool until the gateway has
 * answered; one that is carried out already, or speaks of what was never registered, changes nothing.
 */
final class Commands {

    private final Place place;
    private final Surroundings around;
    private final Report.Writing report;

    Commands(Place place, Surroundings around, Report.Writing report) {
        this.place = place;
        this.around = around;
        this.report = report;
    }

    void carryOut(Registering registering) throws IOException {
        Spool spool = place.commands();
        for (Spool.Item item : spool.items()) {
            Memory memory = registering.settled(place.state().memory());
            boolean done = item.event().event() == SpoolEvent.Kind.END
                    ? end(item.event(), memory, registering)
                    : move(item.event(), memory, registering);
            if (!done) {
                report.problem(ExitCode.NOT_FOUND, "nothing to do for " + words(item.event()) + ": it is not so here");
            }
            // Before this line a crash carries the command out again, and then it finds nothing to do.
            spool.done(item);
        }
    }

    /** @return false when there is no such machine, or it is ended already, perhaps by this very command */
    private boolean end(SpoolEvent event, Memory memory, Registering registering) throws IOException {
        Optional<Remembered> machine = memory.machine(event.cluster(), event.vm());
        if (machine.isEmpty()) {
            return false;
        }
        String name = machine.get().name();
        boolean alive = registering.alive().contains(name);
        Instant at = alive ? after(event, machine.get()) : event.at();
        boolean ended = !alive || registering.register(List.of(Registering.end(memory, name, at)), "ended");
        if (ended) {
            memory.forget(name);
            place.state().memory(memory);
        }
        return alive;
    }

    /**
     * Closes here and opens there at one instant, in one line: no half of it can be refused. It is remembered first, so that
     * a crash in between sends what the ledger does not have yet, and nothing twice.
     */
    private boolean move(SpoolEvent event, Memory memory, Registering registering) throws IOException {
        Optional<Remembered> from = memory.machine(event.cluster(), event.vm());
        Optional<Remembered> to = event.to().flatMap(vm -> memory.machine(event.cluster(), vm));
        String address = event.ip().orElse("");
        if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
            return false;
        }
        if (from.get().addresses().contains(address)) {
            Instant at = after(event, from.get(), to.get());
            List<String> without = new ArrayList<>(from.get().addresses());
            without.remove(address);
            List<String> with = new ArrayList<>(to.get().addresses());
            with.add(address);
            from = from.map(machine -> machine.holding(without, at));
            to = to.map(machine -> machine.holding(with, at));
            memory.say(from.get());
            memory.say(to.get());
            place.state().memory(memory);
        }
        return to.get().addresses().contains(address)
                && registering.moved(address, told(from.get(), memory), told(to.get(), memory));
    }

    private static Vps told(Remembered machine, Memory memory) {
        return machine.vps(memory.isReinstalled(machine.name()));
    }

    /** An instant before what is registered would rewrite it: then it is now, and whoever gave the instant is told. */
    private Instant after(SpoolEvent event, Remembered... machines) {
        Instant now = around.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Instant at = event.at();
        for (Remembered machine : machines) {
            if (!event.at().isAfter(machine.since())) {
                at = now;
            }
        }
        if (!at.equals(event.at())) {
            report.problem(
                    ExitCode.PARTLY,
                    words(event) + ": something later than " + Wire.text(event.at())
                            + " is registered already, so this is registered as of now, " + Wire.text(now));
        }
        return at;
    }

    static String words(SpoolEvent event) {
        return event.event() == SpoolEvent.Kind.END
                ? "end " + event.vm()
                : "move-ip " + event.ip().orElse("?") + " from " + event.vm() + " to "
                        + event.to().orElse("?");
    }
}
