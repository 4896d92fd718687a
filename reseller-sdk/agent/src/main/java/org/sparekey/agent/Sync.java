// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparekey.agent.source.Source;
import org.sparekey.agent.source.SourceException;
import org.sparekey.client.Listing;
import org.sparekey.client.RefusedMachine;
import org.sparekey.client.ResellerClient;
import org.sparekey.client.Synced;
import org.sparekey.client.Vps;
import org.sparekey.protocol.json.MalformedException;

/**
 * One run: what was left unanswered first, then what people commanded, then what the source shows. A crash at any line is
 * mended by the next run: what the gateway accepted is in the client's ledger, what was said is remembered before it is sent.
 */
final class Sync {

    private final Place place;
    private final Surroundings around;
    private final Report.Writing report;

    Sync(Place place, Surroundings around, Report.Writing report) {
        this.place = place;
        this.around = around;
        this.report = report;
    }

    /** What the source would change, without a word to the gateway and without a trace here. */
    void dryRun(Source source, Caution caution) throws IOException, SourceException, MalformedException {
        var listing = source.list();
        try (ResellerClient client = place.client(around)) {
            tell(listing, plan(client, listing, place.hints().items(), caution));
        }
    }

    void run(Source source, Caution caution, ProgressLine progress)
            throws IOException, SourceException, MalformedException {
        var listing = source.list();
        try (ResellerClient client = place.client(
                around, soFar -> progress.at(soFar.read(), listing.machines().size()))) {
            client.resume();
            Registering registering = new Registering(client, report);
            new Commands(place, around, report).carryOut(registering);
            List<Spool.Item> hints = place.hints().items();
            Plan plan = plan(client, listing, hints, caution);
            tell(listing, plan);
            // A crash behind this line finds the same instants again: the ledger then says what is still to be sent.
            place.state().memory(plan.memory());
            if (plan.heldBack().isEmpty()) {
                send(client, registering, plan);
                forget(hints);
            }
        }
    }

    private Plan plan(
            ResellerClient client, org.sparekey.agent.source.Listing listing, List<Spool.Item> hints, Caution caution)
            throws IOException {
        Map<String, Instant> instants = new HashMap<>();
        hints.forEach(hint -> instants.put(hint.event().vm(), hint.event().at()));
        Memory memory = Registering.settled(client, place.state().memory());
        return Plan.of(
                completed(client, listing),
                Registering.alive(client),
                memory,
                new Instants(instants, around.clock().instant(), memory.spread(around.random())),
                caution);
    }

    /** What others who use this ledger said of a machine and no source lists is said on with it. */
    private static org.sparekey.agent.source.Listing completed(
            ResellerClient client, org.sparekey.agent.source.Listing listing) throws IOException {
        List<Vps> machines = new ArrayList<>();
        for (Vps machine : listing.machines()) {
            machines.add(client.completed(machine));
        }
        return new org.sparekey.agent.source.Listing(listing.cluster(), machines, listing.gaps());
    }

    private void send(ResellerClient client, Registering registering, Plan plan) throws IOException {
        Synced synced = client.sync(plan.machines().iterator(), Listing.PARTIAL);
        report.line(synced.summary());
        for (RefusedMachine refused : synced.refused()) {
            registering.refused(refused);
        }
        Memory memory = plan.memory();
        List<Vps> ends = new ArrayList<>();
        plan.ends().forEach((name, since) -> ends.add(Registering.end(memory, name, since)));
        if (!ends.isEmpty()) {
            registering.register(ends, "ended");
            plan.ends().keySet().forEach(memory::forget);
            place.state().memory(memory);
        }
        if (!client.prove().isEmpty()) {
            report.line("some proofs are not ready yet; the next run fetches them")
                    .exit(ExitCode.PENDING);
        }
    }

    private void tell(org.sparekey.agent.source.Listing listing, Plan plan) {
        report.line(listing.machines().size() + " machines listed, "
                + plan.changes().size() + " changes");
        plan.changes().forEach(report::line);
        plan.waiting().forEach(name -> report.line("missing, ended if the next listing misses it too: " + name));
        listing.gaps().forEach(gap -> report.problem(ExitCode.PARTLY, "gap, so nothing is ended: " + gap));
        plan.heldBack().forEach(reason -> report.problem(ExitCode.PARTLY, reason));
    }

    private void forget(List<Spool.Item> hints) throws IOException {
        Spool spool = place.hints();
        for (Spool.Item hint : hints) {
            spool.done(hint);
        }
        int aside = spool.setAside();
        if (aside > 0) {
            report.problem(ExitCode.PARTLY, aside + " files in the spool are no events; they end in .bad");
        }
    }
}
