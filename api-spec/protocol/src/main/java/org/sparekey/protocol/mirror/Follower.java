// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * Follows one origin's mirror: drops what it has seen, takes each entry in its place, and computes the root anew at every
 * checkpoint that the log signed. The two topics have no order between them, so checkpoints are read first: entries are
 * asked for only up to the newest known one, and none is passed unverified.
 */
public final class Follower {

    /** Checkpoints known and not reached yet; beyond it the entries are read first. */
    public static final int MAX_AHEAD = 4096;

    /** Below the size by more than this no gateway repeats. */
    public static final int STRAY_BEHIND = 2 * Recent.KEPT;

    private static final int VERIFIED_KEPT = 32;

    private final NoteKey log;
    private final WitnessPolicy policy;
    private final CompactTree tree;
    private final Recent recent = new Recent();
    private final Deque<Ahead> ahead = new ArrayDeque<>();
    private final Deque<MirrorPosition.Verified> verified;
    private MirrorPosition position;
    private MirrorVerdict.@Nullable Alarm stopped;

    private record Ahead(Checkpoint checkpoint, long offset) {}

    /**
     * @param policy which witnesses must have cosigned; {@link WitnessPolicy#NONE} where the log's own signature is enough
     * @param position where it stood; {@link MirrorPosition#start} for all from the beginning
     */
    public Follower(NoteKey log, WitnessPolicy policy, MirrorPosition position) {
        if (!position.origin().equals(log.name())) {
            throw new IllegalArgumentException("the position in another log's mirror: " + position.origin());
        }
        this.log = log;
        this.policy = policy;
        this.position = position;
        this.tree = position.tree();
        this.verified = new ArrayDeque<>(position.verified());
    }

    /** Whether a checkpoint is known that the entries have not reached. */
    public boolean wantsEntries() {
        return !ahead.isEmpty() && stopped == null;
    }

    /** The size of the next checkpoint that is known and that the entries have not reached. */
    public OptionalLong awaited() {
        return ahead.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(ahead.element().checkpoint().size());
    }

    /** Whether it can judge this entry now: what it has seen at once, the next one when a checkpoint beyond it is known. */
    public boolean wants(MirroredEntry entry) {
        return wantsEntries() || stopped == null && entry.index() < tree.size();
    }

    public boolean wantsCheckpoints() {
        return ahead.size() < MAX_AHEAD && stopped == null;
    }

    /** Where the entries last gave a signed root: what to keep. */
    public MirrorPosition position() {
        return position;
    }

    /** The alarm after which nothing can be judged, if there was one. */
    public Optional<MirrorVerdict.Alarm> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** @param offset of this record in the checkpoints topic */
    public MirrorVerdict checkpoint(byte[] note, long offset) {
        if (stopped != null) {
            return stopped;
        }
        try {
            SignedNote signed = SignedNote.parse(note);
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            if (!checkpoint.origin().equals(log.name())
                    || !signed.signers(List.of(log)).contains(log)) {
                return alarm(
                        MirrorFault.UNSIGNED, checkpoint.size(), "a checkpoint that " + log.name() + " did not sign");
            }
            return policy.judge(signed).holds() ? signed(checkpoint, offset) : unwitnessed(checkpoint);
        } catch (MalformedException e) {
            return alarm(MirrorFault.MALFORMED, -1, "not a checkpoint: " + e.getMessage());
        }
    }

    /** Its root counts all the same: that the log signed two is proof, whoever stood by. */
    private MirrorVerdict unwitnessed(Checkpoint checkpoint) {
        return forks(checkpoint)
                ? forked(checkpoint)
                : alarm(MirrorFault.NOT_WITNESSED, checkpoint.size(), "too few witnesses cosigned this checkpoint");
    }

    private MirrorVerdict signed(Checkpoint checkpoint, long offset) {
        if (forks(checkpoint)) {
            return forked(checkpoint);
        }
        if (knownRoot(checkpoint.size()).isPresent()) {
            return new MirrorVerdict.Repeated();
        }
        if (checkpoint.size() < newest()) {
            return alarm(MirrorFault.SHRUNK, checkpoint.size(), "smaller than " + newest() + ", and not seen before");
        }
        ahead.add(new Ahead(checkpoint, offset));
        return checkpoint.size() == tree.size() ? reached() : MirrorVerdict.Followed.ON;
    }

    private boolean forks(Checkpoint checkpoint) {
        return knownRoot(checkpoint.size())
                .filter(root -> !root.equals(checkpoint.root()))
                .isPresent();
    }

    private MirrorVerdict forked(Checkpoint checkpoint) {
        return alarm(
                MirrorFault.FORKED,
                checkpoint.size(),
                "signed with root " + checkpoint.root() + " and with "
                        + knownRoot(checkpoint.size()).orElseThrow());
    }

    /**
     * @param offset of this record in the entries topic
     * @throws IllegalStateException when it is not wanted yet: it would pass a checkpoint that is not known
     */
    public MirrorVerdict entry(MirroredEntry entry, long offset) {
        if (stopped != null) {
            return stopped;
        }
        if (!wants(entry)) {
            throw new IllegalStateException("an entry beyond the newest checkpoint");
        }
        if (!entry.intact()) {
            return alarm(MirrorFault.ALTERED, entry.index(), "the bytes are not those of their leaf hash");
        }
        if (entry.index() < tree.size()) {
            return again(entry, offset);
        }
        if (entry.index() > tree.size()) {
            return alarm(MirrorFault.GAP, tree.size(), "the next index is " + entry.index());
        }
        tree.append(entry.leafHash());
        recent.keep(entry.index(), entry.leafHash(), offset);
        boolean there = tree.size() == ahead.element().checkpoint().size();
        return there ? reached() : MirrorVerdict.Followed.ON;
    }

    /** A record of the entries topic that is no entry. */
    public MirrorVerdict.Alarm notAnEntry(MalformedException reason) {
        return alarm(MirrorFault.MALFORMED, -1, "not an entry: " + reason.getMessage());
    }

    private MirrorVerdict again(MirroredEntry entry, long offset) {
        if (entry.index() < tree.size() - STRAY_BEHIND) {
            return alarm(MirrorFault.STRAY, entry.index(), "the mirror is at " + tree.size());
        }
        Optional<Digest> first = recent.hash(entry.index());
        if (first.isPresent() && !first.get().equals(entry.leafHash())) {
            return alarm(MirrorFault.CONFLICT, entry.index(), "two entries for one index");
        }
        if (first.isEmpty() && entry.index() >= tree.size() - Recent.KEPT) {
            recent.keep(entry.index(), entry.leafHash(), offset);
        }
        return new MirrorVerdict.Repeated();
    }

    private MirrorVerdict reached() {
        Ahead next = ahead.remove();
        Checkpoint checkpoint = next.checkpoint();
        if (!tree.root().equals(checkpoint.root())) {
            return alarm(MirrorFault.ROOT_DIFFERS, checkpoint.size(), "the entries give the root " + tree.root());
        }
        verified.add(new MirrorPosition.Verified(checkpoint.size(), checkpoint.root()));
        if (verified.size() > VERIFIED_KEPT) {
            verified.remove();
        }
        position = new MirrorPosition(
                MirrorPosition.VERSION,
                log.name(),
                tree.size(),
                tree.roots(),
                new ArrayList<>(verified),
                recent.replay(tree.size(), position.entriesFrom()),
                next.offset() + 1);
        return new MirrorVerdict.Followed(Optional.of(checkpoint));
    }

    private Optional<Digest> knownRoot(long size) {
        if (size > newest()) {
            return Optional.empty();
        }
        for (Ahead waiting : ahead) {
            if (waiting.checkpoint().size() == size) {
                return Optional.of(waiting.checkpoint().root());
            }
        }
        return verified.stream()
                .filter(known -> known.size() == size)
                .map(MirrorPosition.Verified::root)
                .findFirst();
    }

    private long newest() {
        return ahead.isEmpty() ? tree.size() : ahead.getLast().checkpoint().size();
    }

    private MirrorVerdict.Alarm alarm(MirrorFault fault, long at, String reason) {
        MirrorVerdict.Alarm alarm = new MirrorVerdict.Alarm(fault, at, reason);
        if (fault.stops()) {
            stopped = alarm;
        }
        return alarm;
    }
}
