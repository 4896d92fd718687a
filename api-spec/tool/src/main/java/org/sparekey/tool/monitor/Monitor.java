// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.monitor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** @throws MalformedException when the trust file's policy is none */
    Monitor(PublishedLog log, TrustFile trust, Path state) throws MalformedException {
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
        return extend(note, checkpoint, tree, seen.isPresent(), verdict, witnesses);
    }

    private Look extend(
            SignedNote note,
            Checkpoint checkpoint,
            CompactTree tree,
            boolean known,
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
            return known
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
        new Seen(1, checkpoint.origin(), checkpoint.size(), Bytes.of(note.bytes()), tree.roots()).store(state);
        return verdict.quorum()
                ? found(Look.Finding.CONSISTENT, checkpoint, witnesses, "one log, as before")
                : found(
                        Look.Finding.NOT_WITNESSED,
                        checkpoint,
                        witnesses,
                        "too few witnesses of the policy cosigned it");
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
