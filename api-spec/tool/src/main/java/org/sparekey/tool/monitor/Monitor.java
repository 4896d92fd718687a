// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TileNodes;
import org.sparekey.protocol.tree.TilePath;
import org.sparekey.protocol.witness.PolicyVerdict;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * Looks at a published log with nothing but the trust file: signature, witnesses, that it begins with what was seen
 * before, and that every new hash tile gives the signed root. It remembers only what it has found right.
 */
final class Monitor {

    private static final int TILE_BYTES = TilePath.FULL * Digest.LENGTH_BYTES;

    private final PublishedLog log;
    private final TrustFile trust;
    private final WitnessPolicy policy;
    private final Path state;
    private final Demands demands;
    private final InstantSource clock;

    /**
     * What is asked of a log besides being the same as before.
     *
     * @param origins which logs may stand at the address; empty for every log of the trust file
     * @param maxAge how long ago it may have been signed last, by the witnesses' clocks or by when this size was first seen
     */
    record Demands(Set<String> origins, Optional<Duration> maxAge) {

        static final Demands NONE = new Demands(Set.of(), Optional.empty());

        Demands {
            origins = Set.copyOf(origins);
        }
    }

    /** @throws MalformedException when the trust file's policy is none */
    Monitor(PublishedLog log, TrustFile trust, Path state, Demands demands, InstantSource clock)
            throws MalformedException {
        this.demands = demands;
        this.clock = clock;
        this.log = log;
        this.trust = trust;
        this.policy =
                trust.policy().equals(TrustFile.POLICY_NONE) ? WitnessPolicy.NONE : WitnessPolicy.parse(trust.policy());
        this.state = state;
    }

    /** @throws MalformedException when what was seen before cannot be read: then nothing was judged */
    Look look() throws IOException, MalformedException {
        byte[] bytes;
        try {
            bytes = log.read("checkpoint", SignedNote.MAX_BYTES);
        } catch (IOException away) {
            return new Look(Look.Finding.UNREACHABLE, "", -1, List.of(), "no checkpoint: " + away.getMessage());
        }
        SignedNote note;
        Checkpoint checkpoint;
        try {
            note = SignedNote.parse(bytes);
            checkpoint = Checkpoint.parse(note.text());
        } catch (MalformedException e) {
            return new Look(Look.Finding.NOT_SIGNED, "", -1, List.of(), "what is published is not a signed checkpoint");
        }
        return judge(note, checkpoint);
    }

    private Look judge(SignedNote note, Checkpoint checkpoint) throws IOException, MalformedException {
        if (!signed(note, checkpoint)) {
            return found(
                    Look.Finding.NOT_SIGNED, checkpoint, List.of(), "the log's key of the trust file did not sign it");
        }
        if (!demands.origins().isEmpty() && !demands.origins().contains(checkpoint.origin())) {
            return found(Look.Finding.OTHER_LOG, checkpoint, List.of(), "it is another log than the one asked for");
        }
        PolicyVerdict verdict = policy.judge(note);
        List<String> witnesses =
                verdict.seen().stream().map(PolicyVerdict.Sighting::witness).toList();
        Optional<Seen> seen = Seen.load(state, checkpoint.origin());
        if (seen.isPresent() && checkpoint.size() < seen.get().size()) {
            Seen.keepContradiction(state, checkpoint, note);
            return found(
                    Look.Finding.WENT_BACK,
                    checkpoint,
                    witnesses,
                    "it had " + seen.get().size() + " entries before; both checkpoints are signed");
        }
        CompactTree tree = seen.map(Seen::tree).orElseGet(CompactTree::empty);
        if (seen.isPresent() && checkpoint.size() == tree.size() && !tree.root().equals(checkpoint.root())) {
            Seen.keepContradiction(state, checkpoint, note);
            return found(
                    Look.Finding.FORKED, checkpoint, witnesses, "the same size was signed with another root before");
        }
        return extend(note, checkpoint, tree, seen, verdict, witnesses);
    }

    private Look extend(
            SignedNote note,
            Checkpoint checkpoint,
            CompactTree tree,
            Optional<Seen> before,
            PolicyVerdict verdict,
            List<String> witnesses)
            throws IOException {
        try {
            append(tree, checkpoint.size());
            TileNodes nodes = new TileNodes(checkpoint.size(), this::tile);
            if (!nodes.root(checkpoint.size()).equals(checkpoint.root())) {
                return found(Look.Finding.TILES_DIFFER, checkpoint, witnesses, "the tiles do not give the signed root");
            }
        } catch (UncheckedIOException | IllegalStateException missing) {
            return found(Look.Finding.UNREACHABLE, checkpoint, witnesses, "a tile is missing: " + missing.getMessage());
        }
        if (!tree.root().equals(checkpoint.root())) {
            Seen.keepContradiction(state, checkpoint, note);
            return before.isPresent()
                    ? found(
                            Look.Finding.FORKED,
                            checkpoint,
                            witnesses,
                            "it does not begin with what was published before")
                    : found(
                            Look.Finding.TILES_DIFFER,
                            checkpoint,
                            witnesses,
                            "the leaf tiles do not give the signed root");
        }
        // From here on this is what every later look is held against, witnessed or not: the log has signed it.
        Instant since = before.filter(seen -> seen.size() == checkpoint.size())
                .flatMap(Seen::since)
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS));
        new Seen(1, checkpoint.origin(), checkpoint.size(), Bytes.of(note.bytes()), tree.roots(), Optional.of(since))
                .store(state);
        if (!verdict.quorum()) {
            return found(
                    Look.Finding.NOT_WITNESSED, checkpoint, witnesses, "too few witnesses of the policy cosigned it");
        }
        Instant last = verdict.seen().stream()
                .map(PolicyVerdict.Sighting::at)
                .max(Comparator.naturalOrder())
                .orElse(since);
        boolean stale = demands.maxAge()
                .filter(atMost -> last.plus(atMost).isBefore(clock.instant()))
                .isPresent();
        return stale
                ? found(Look.Finding.STALE, checkpoint, witnesses, "nothing newer than " + last + " is shown")
                : found(Look.Finding.CONSISTENT, checkpoint, witnesses, "one log, as before");
    }

    private boolean signed(SignedNote note, Checkpoint checkpoint) throws MalformedException {
        for (TrustFile.Log trusted : trust.logs()) {
            NoteKey key = NoteKey.parse(trusted.vkey());
            if (key.name().equals(checkpoint.origin())
                    && note.signers(List.of(key)).contains(key)) {
                return true;
            }
        }
        return false;
    }

    private void append(CompactTree tree, long size) {
        while (tree.size() < size) {
            long index = tree.size() / TilePath.FULL;
            byte[] tile = tile(TilePath.in(size, 0, index).orElseThrow());
            for (int at = (int) (tree.size() % TilePath.FULL) * Digest.LENGTH_BYTES;
                    at < tile.length;
                    at += Digest.LENGTH_BYTES) {
                tree.append(Digest.of(Arrays.copyOfRange(tile, at, at + Digest.LENGTH_BYTES)));
            }
        }
    }

    private byte[] tile(TilePath path) {
        try {
            byte[] tile = log.read(path.path(), TILE_BYTES);
            if (tile.length != path.width() * Digest.LENGTH_BYTES) {
                throw new IOException(path.path() + " has " + tile.length + " bytes");
            }
            return tile;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Look found(Look.Finding finding, Checkpoint checkpoint, List<String> witnesses, String words) {
        return new Look(finding, checkpoint.origin(), checkpoint.size(), witnesses, words);
    }
}
