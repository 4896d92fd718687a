// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.witness.LogPolicy;
import org.sparekey.gateway.auditlog.witness.Offered;
import org.sparekey.gateway.auditlog.witness.Offering;
import org.sparekey.gateway.auditlog.witness.WitnessDoor;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * The witnesses of one log. The newest signed checkpoint is offered to all of them at once; what they sign is stored. One
 * that has seen more, or something else, than the database holds stops the log: nobody else would notice a restored
 * database whose guard was restored with it.
 */
final class Witnesses {

    private final LogPolicy policy;
    private final LogTable table;
    private final CosignatureTable cosignatures;
    private final Stops stops;
    private final InstantSource clock;
    private final Failpoint failpoint;
    private final List<WitnessDesk> desks = new ArrayList<>();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    Witnesses(
            LogPolicy policy,
            LogTable table,
            CosignatureTable cosignatures,
            Stops stops,
            InstantSource clock,
            Failpoint failpoint) {
        this.policy = policy;
        this.table = table;
        this.cosignatures = cosignatures;
        this.stops = stops;
        this.clock = clock;
        this.failpoint = failpoint;
        List<WitnessPolicy.Witness> asked = policy.rules().witnesses();
        if (!asked.isEmpty()) {
            HttpClient client = WitnessDoor.client();
            asked.forEach(witness -> desks.add(new WitnessDesk(
                    witness, new WitnessDoor(client, witness.url().orElseThrow()), clock)));
        }
    }

    LogPolicy policy() {
        return policy;
    }

    List<WitnessFacts> facts() {
        return desks.stream().map(WitnessDesk::facts).toList();
    }

    /** @return whether a cosignature was stored */
    boolean round(Shard shard) {
        if (desks.isEmpty()) {
            return false;
        }
        Optional<LogTable.Signed> newest = table.signed(shard.origin());
        if (newest.isEmpty()) {
            return false;
        }
        Map<String, NoteSignature> have =
                cosignatures.under(shard.origin(), newest.get().size());
        return offer(shard, note(newest.get()), have) > 0;
    }

    /**
     * Whether enough witnesses have said since this start that the last signed checkpoint is the last they saw. Until then
     * nothing new is signed: a signature on a second history cannot be taken back.
     */
    boolean confirmed(Shard shard) {
        if (!policy.demands() || confirmed.contains(shard.origin())) {
            return true;
        }
        SignedNote last = last(shard);
        Map<String, NoteSignature> have = new HashMap<>();
        offer(shard, last, have);
        boolean enough = policy.satisfiedBy(LogPolicy.composed(last, List.copyOf(have.values())));
        if (enough) {
            confirmed.add(shard.origin());
        }
        return enough;
    }

    /** The next question is asked anew. */
    void doubt(Shard shard) {
        confirmed.remove(shard.origin());
    }

    /**
     * The last signed checkpoint by all that is known here: the database, the guard, the published file. Where nothing was
     * signed, the empty tree's: every history begins with it, so that signing it says nothing, and a witness who has seen
     * more will say so. Nothing is signed here that the log's key had not signed, or the guard admitted, before: a note
     * that somebody wrote into the database would otherwise get past the guard.
     */
    private SignedNote last(Shard shard) {
        Checkpoint empty = new Checkpoint(shard.origin(), 0, CompactTree.empty().root());
        Checkpoint last = Stream.of(
                        table.signed(shard.origin())
                                .map(Witnesses::note)
                                .filter(note -> ours(shard, note))
                                .map(Witnesses::tree),
                        shard.guard().remembered(),
                        shard.files().head())
                .flatMap(Optional::stream)
                .filter(tree -> holds(shard, tree))
                .max(Comparator.comparingLong(Checkpoint::size))
                .orElse(empty);
        // Signing is deterministic: for what was signed before this is the same note again.
        return shard.signer().sign(last);
    }

    private static boolean ours(Shard shard, SignedNote note) {
        NoteKey key = shard.signer().key();
        return note.signers(List.of(key)).contains(key);
    }

    /** Whether the database has this tree: only for such is there a proof, and only such is signed again. */
    private boolean holds(Shard shard, Checkpoint tree) {
        return tree.size() <= table.head(shard.origin()).size()
                && table.tiles(shard.origin())
                        .nodes(tree.size())
                        .root(tree.size())
                        .equals(tree.root());
    }

    /** @param have the lines under this note, by witness; new ones are added. @return how many were */
    private int offer(Shard shard, SignedNote note, Map<String, NoteSignature> have) {
        List<WitnessDesk> due = desks.stream()
                .filter(desk -> !have.containsKey(CosignatureTable.name(desk.key())))
                .filter(WitnessDesk::take)
                .toList();
        if (due.isEmpty()) {
            return 0;
        }
        // A crash here leaves a signed checkpoint that no witness has seen: the next start offers it.
        failpoint.reached("log.offering");
        Checkpoint tree = tree(note);
        Round round = new Round(due.size());
        for (WitnessDesk desk : due) {
            Thread.ofVirtual()
                    .name("witness-" + desk.key().name())
                    .start(() -> round.report(() -> {
                        try {
                            return offer(shard, note, tree, desk);
                        } finally {
                            desk.left();
                        }
                    }));
        }
        // Who is slower than the quorum is not waited for; his thread stores his line when it comes.
        return round.collect(
                have,
                () -> policy.demands() && policy.satisfiedBy(LogPolicy.composed(note, List.copyOf(have.values()))));
    }

    private Optional<Round.Line> offer(Shard shard, SignedNote note, Checkpoint tree, WitnessDesk desk)
            throws InterruptedException {
        Offering offering = new Offering(
                note,
                tree,
                table.tiles(shard.origin()).nodes(tree.size()),
                desk.key(),
                cosignatures.known(shard.origin(), desk.key()));
        Offered offered = desk.offer(offering);
        // A crash here leaves a witness that has stored what we have not: it tells by 409, and signs the same again.
        failpoint.reached("log.answered");
        return switch (offered) {
            case Offered.Cosigned cosigned -> Optional.of(store(tree, desk, cosigned));
            case Offered.Ahead(long size) -> {
                requireSigned(shard, size);
                desk.left();
                yield Optional.empty();
            }
            case Offered.OtherTree _ -> throw stop(shard, StopReason.FORKED);
            case Offered.Failed(String code) -> {
                desk.failed(code);
                yield Optional.empty();
            }
            case Offered.Again _ -> throw new IllegalStateException("an offer ends with another answer");
        };
    }

    private Round.Line store(Checkpoint tree, WitnessDesk desk, Offered.Cosigned cosigned) {
        if (tree.size() > 0) {
            cosignatures.insert(
                    tree.origin(), tree.size(), desk.key(), cosigned.line(), cosigned.at(), clock.instant());
        }
        desk.succeeded();
        return new Round.Line(CosignatureTable.name(desk.key()), cosigned.line());
    }

    /** Another replica may have signed and offered more in the meantime; then the database has it, and all is well. */
    private void requireSigned(Shard shard, long size) {
        long signed = table.signed(shard.origin()).map(LogTable.Signed::size).orElse(0L);
        if (signed < size) {
            throw stop(shard, StopReason.RESTORED_BEHIND_LOG);
        }
    }

    /** At once and not only by the round: the round may have ended with the quorum before this witness spoke. */
    private LogStoppedException stop(Shard shard, StopReason reason) {
        LogStoppedException stopped = LogStoppedException.untilResumed(reason, shard.origin());
        shard.guard().keepStopped(reason);
        return stops.stop(stopped);
    }

    private static SignedNote note(LogTable.Signed signed) {
        try {
            return SignedNote.parse(signed.note());
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored checkpoint cannot be read", e);
        }
    }

    private static Checkpoint tree(SignedNote note) {
        try {
            return Checkpoint.parse(note.text());
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored checkpoint cannot be read", e);
        }
    }
}
