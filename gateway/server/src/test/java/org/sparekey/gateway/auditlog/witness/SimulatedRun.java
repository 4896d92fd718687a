// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * One seeded life of a log with three witnesses. Real are the offering, the witnesses' decision, the signatures and the
 * policy; simulated are database, wire and clock. In each step the gateway may die or be restored from its first backup,
 * guard and all; each request may go wrong in one of the ways of {@link SimulatedWitness.Fault}.
 */
final class SimulatedRun {

    static final String ORIGIN = "log.hoster.example/log/case/2026";
    private static final int STEPS = 7;
    private static final int QUORUM = 2;

    /** What survives a crash, and what a backup restores. */
    private record Database(
            List<Digest> leaves, TreeMap<Long, SignedNote> signed, Map<Long, Map<String, NoteSignature>> cosignatures) {

        Database copy() {
            Map<Long, Map<String, NoteSignature>> lines = new HashMap<>();
            cosignatures.forEach((size, under) -> lines.put(size, new HashMap<>(under)));
            return new Database(new ArrayList<>(leaves), new TreeMap<>(signed), lines);
        }

        Digest root(long size) {
            return nodes().root(size);
        }

        Nodes nodes() {
            return this::node;
        }

        private Digest node(int level, long index) {
            return level == 0
                    ? leaves.get(Math.toIntExact(index))
                    : TreeHash.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
        }
    }

    private final SplittableRandom random;
    private final NoteSigner signer;
    private final List<SimulatedWitness> witnesses = new ArrayList<>();
    private final LogPolicy policy;
    private final Set<List<Digest>> released = new LinkedHashSet<>();
    private Database database = new Database(new ArrayList<>(), new TreeMap<>(), new HashMap<>());
    private Database backup = database.copy();
    private Map<String, NoteSignature> confirming = new HashMap<>();
    private boolean confirmed;
    private boolean stopped;
    private int releases;
    private int withoutQuorum;
    private int forks;

    /** @param needed of the three; 0 for a policy that asks nobody */
    SimulatedRun(long seed, int needed) {
        this.random = new SplittableRandom(seed);
        this.signer = new NoteSigner(ORIGIN, bytes());
        for (String name : List.of("police", "resellers", "hoster")) {
            witnesses.add(new SimulatedWitness(name, bytes(), signer.key()));
        }
        this.policy = new LogPolicy(new WitnessPolicy(
                List.of(),
                witnesses.stream()
                        .map(witness -> new WitnessPolicy.Witness(
                                witness.key().name(), witness.key(), Optional.of("http://witness.example")))
                        .toList(),
                List.of(new WitnessPolicy.Group(
                        "enough", Math.max(1, needed), List.of("police", "resellers", "hoster"))),
                needed == 0 ? WitnessPolicy.NO_QUORUM : "enough"));
    }

    /** What the run showed. */
    record Outcome(int releases, int withoutQuorum, int forks, boolean stopped) {}

    Outcome run() {
        for (int step = 0; step < STEPS && !stopped; step++) {
            enter();
            sign();
            witness();
            release();
            if (step == 1) {
                backup = database.copy();
            }
            accident();
        }
        return new Outcome(releases, withoutQuorum, forks, stopped);
    }

    private void enter() {
        for (int i = random.nextInt(3); i >= 0; i--) {
            database.leaves().add(Digest.sha256(bytes()));
        }
    }

    private void sign() {
        long size = database.leaves().size();
        if (policy.demands() && !confirmed) {
            SignedNote last = database.signed().isEmpty()
                    ? note(0)
                    : database.signed().lastEntry().getValue();
            witnesses.forEach(witness -> offer(witness, last, confirming));
            confirmed = policy.satisfiedBy(LogPolicy.composed(last, List.copyOf(confirming.values())));
        }
        if (!stopped && (confirmed || !policy.demands())) {
            database.signed().putIfAbsent(size, note(size));
        }
    }

    private void witness() {
        if (!stopped && !database.signed().isEmpty()) {
            long size = database.signed().lastKey();
            Map<String, NoteSignature> under = database.cosignatures().computeIfAbsent(size, _ -> new HashMap<>());
            for (SimulatedWitness witness : witnesses) {
                if (!under.containsKey(witness.key().name())) {
                    offer(witness, Objects.requireNonNull(database.signed().get(size)), under);
                }
            }
        }
    }

    private void offer(SimulatedWitness witness, SignedNote note, Map<String, NoteSignature> into) {
        Checkpoint tree = tree(note);
        long known = database.cosignatures().entrySet().stream()
                .filter(under -> under.getValue().containsKey(witness.key().name()))
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
        Offering offering = new Offering(note, tree, database.nodes(), witness.key(), known);
        AddCheckpoint request = offering.request();
        while (true) {
            Optional<Reply> reply = witness.ask(request, fault(), neighbour(witness), random);
            Offered offered = reply.map(offering::answered).orElse(new Offered.Failed("no-answer"));
            if (!(offered instanceof Offered.Again(AddCheckpoint next))) {
                conclude(witness, offered, into);
                return;
            }
            request = next;
        }
    }

    private void conclude(SimulatedWitness witness, Offered offered, Map<String, NoteSignature> into) {
        switch (offered) {
            case Offered.Cosigned(NoteSignature line, var _) ->
                into.put(witness.key().name(), line);
            case Offered.Ahead(long size) ->
                stopped |= database.signed().isEmpty() || database.signed().lastKey() < size;
            case Offered.OtherTree _ -> stopped = true;
            case Offered.Failed _, Offered.Again _ -> {}
        }
    }

    /** The newest that satisfies the policy is what entries are released under; judged by what the witnesses remember. */
    private void release() {
        for (Map.Entry<Long, SignedNote> signed :
                database.signed().descendingMap().entrySet()) {
            List<NoteSignature> lines = List.copyOf(database.cosignatures()
                    .getOrDefault(signed.getKey(), Map.of())
                    .values());
            if (!stopped && policy.satisfiedBy(LogPolicy.composed(signed.getValue(), lines))) {
                judge(signed.getKey(), signed.getValue());
                return;
            }
        }
    }

    private void judge(long size, SignedNote note) {
        releases++;
        long saw = witnesses.stream()
                .filter(witness -> witness.cosigned(note.text()))
                .count();
        withoutQuorum += saw < QUORUM ? 1 : 0;
        // Of two histories one begins with the other, or a second one was shown. What lies behind was shown to nobody.
        List<Digest> history = List.copyOf(database.leaves().subList(0, Math.toIntExact(size)));
        boolean one = database.root(size).equals(tree(note).root())
                && released.stream().allMatch(earlier -> beginsAlike(earlier, history));
        forks += one ? 0 : 1;
        released.add(history);
    }

    private static boolean beginsAlike(List<Digest> one, List<Digest> other) {
        int common = Math.min(one.size(), other.size());
        return one.subList(0, common).equals(other.subList(0, common));
    }

    private void accident() {
        int dice = random.nextInt(20);
        if (dice == 0) {
            database = backup.copy();
        }
        if (dice < 4) {
            confirmed = false;
            confirming = new HashMap<>();
        }
    }

    private SimulatedWitness.Fault fault() {
        int dice = random.nextInt(80);
        if (dice < 44) {
            return SimulatedWitness.Fault.NONE;
        }
        // Lies that stop a log at once are rarer, or no run would live to see the others.
        return switch (dice) {
            case 78 -> SimulatedWitness.Fault.INVENTED_SIZE;
            case 79 -> SimulatedWitness.Fault.REFUSED_PROOF;
            default -> SimulatedWitness.HARMLESS.get(dice % SimulatedWitness.HARMLESS.size());
        };
    }

    private SimulatedWitness neighbour(SimulatedWitness witness) {
        return witnesses.get((witnesses.indexOf(witness) + 1) % witnesses.size());
    }

    private SignedNote note(long size) {
        String text = new Checkpoint(ORIGIN, size, database.root(size)).text();
        return new SignedNote(text, List.of(signer.sign(text)));
    }

    private static Checkpoint tree(SignedNote note) {
        try {
            return Checkpoint.parse(note.text());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
