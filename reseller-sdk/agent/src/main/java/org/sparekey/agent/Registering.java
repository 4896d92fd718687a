// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sparekey.client.Change;
import org.sparekey.client.Listing;
import org.sparekey.client.RefusedMachine;
import org.sparekey.client.Registered;
import org.sparekey.client.ResellerClient;
import org.sparekey.client.Vps;
import org.sparekey.protocol.registration.LineRefusal;

/** Registers single machines and tells in words what became of them. */
final class Registering {

    /** Records of a batch, as the client's own synchronisation has them. */
    static final int BATCH = 1_000;

    private final ResellerClient client;
    private final Report.Writing report;

    Registering(ResellerClient client, Report.Writing report) {
        this.client = client;
        this.report = report;
    }

    List<String> alive() throws IOException {
        return alive(client);
    }

    /** The machines that are registered and not ended: an empty listing would miss exactly these. Asks nobody. */
    static List<String> alive(ResellerClient client) throws IOException {
        List<String> alive = new ArrayList<>();
        client.compare(
                Collections.emptyIterator(),
                Listing.COMPLETE_AND_CONFIRMED,
                (Change change) -> alive.add(change.asset()));
        return alive;
    }

    /**
     * What is remembered; a wiped disk is told no more once the gateway has accepted the machine as it is remembered: the
     * first line that says so said that it was wiped. Asks nobody.
     */
    Memory settled(Memory memory) throws IOException {
        return settled(client, memory);
    }

    static Memory settled(ResellerClient client, Memory memory) throws IOException {
        List<String> open = new ArrayList<>();
        client.compare(
                memory.reinstalled().stream().map(machine -> machine.vps(false)).iterator(),
                Listing.PARTIAL,
                (Change change) -> open.add(change.asset()));
        memory.stillReinstalled(open);
        return memory;
    }

    /** The end of a machine; what is known of its kind is said, as the gateway asks of every line. */
    static Vps end(Memory memory, String name, Instant since) {
        String[] parts = name.split("/", 2);
        Vps.Description description = Vps.on(parts[0], parts[1]);
        memory.machine(name).ifPresent(machine -> {
            description.kind(machine.kind(), machine.captureMeans());
            machine.node().ifPresent(description::node);
            machine.uuid().ifPresent(description::uuid);
        });
        return description.ended().since(since);
    }

    /** @return whether no line was refused */
    boolean register(List<Vps> machines, String done) throws IOException {
        boolean all = true;
        for (int from = 0; from < machines.size(); from += BATCH) {
            List<Vps> batch = machines.subList(from, Math.min(from + BATCH, machines.size()));
            all &= tell(client.register(batch), batch.size(), done);
        }
        return all;
    }

    /** @return whether anything of the move was not registered yet */
    boolean moved(String address, Vps giving, Vps taking) throws IOException {
        Vps from = client.completed(giving);
        Vps to = client.completed(taking);
        List<Change> open = new ArrayList<>();
        client.compare(List.of(from, to).iterator(), Listing.PARTIAL, open::add);
        if (!open.isEmpty()) {
            tell(client.moveAddress(address, from, to), 1, "moved");
        }
        return !open.isEmpty();
    }

    /** @return whether it is registered here now */
    boolean takenOver(Vps machine, String release, boolean sameCustomer) throws IOException {
        return tell(client.takeOver(machine, release, sameCustomer), 1, "taken over");
    }

    void refused(RefusedMachine refused) {
        Optional<LineRefusal> known = List.of(LineRefusal.values()).stream()
                .filter(refusal -> refusal.name().equals(refused.code()))
                .findFirst();
        report.problem(
                ExitCode.PARTLY,
                "not registered: " + refused.asset() + ": " + refused.code()
                        + known.map(refusal -> " (" + refusal.words() + ")").orElse("") + " at "
                        + (refused.pointer().isEmpty() ? "the whole line" : refused.pointer()));
    }

    private boolean tell(Registered registered, int size, String done) {
        List<RefusedMachine> bad = registered.match(Registered.Proven::refused, Registered.Pending::refused, answer -> {
            report.problem(
                    ExitCode.of(answer.problem()),
                    "refused: " + answer.problem().title() + ": "
                            + answer.problem().detail());
            return List.of();
        });
        bad.forEach(this::refused);
        if (registered instanceof Registered.Refused) {
            return false;
        }
        report.line((size - bad.size()) + " " + done);
        return bad.isEmpty();
    }
}
