// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;

/** The entries of one case, in its order, and the checks that need nothing but them and the log's key. */
final class CaseLog {

    private final Members members;
    private final List<BundledEntry> entries;

    private CaseLog(Members members, List<BundledEntry> entries) {
        this.members = members;
        this.entries = List.copyOf(entries);
    }

    static CaseLog read(Members members, String kind) throws MissingException, MalformedException {
        List<BundledEntry> entries = new ArrayList<>();
        for (String folder : members.folders(kind)) {
            entries.add(BundledEntry.read(members, folder));
        }
        need(!entries.isEmpty(), "no log entry is enclosed under " + kind);
        return new CaseLog(members, entries);
    }

    List<BundledEntry> entries() {
        return entries;
    }

    /**
     * Each entry is in a tree of the log, at a rising place; two trees of one size are one tree. An entry proven in a
     * tree of its own would show that the log was forked. A case that lasts beyond a year's end goes on in the next shard,
     * whose places begin anew, and does not come back.
     */
    String included(TrustFile trust) throws ForgedException, MissingException, MalformedException {
        Map<String, Map<Long, Checkpoint>> shards = new LinkedHashMap<>();
        String shard = "";
        long largest = 0;
        long last = -1;
        for (BundledEntry entry : entries) {
            Checkpoint tree = entry.proven(members, trust);
            if (!tree.origin().equals(shard)) {
                require(!shards.containsKey(tree.origin()), entry.folder() + " stands in a shard that had ended");
                shard = tree.origin();
                last = -1;
            }
            Checkpoint same = shards.computeIfAbsent(shard, ignored -> new HashMap<>())
                    .putIfAbsent(tree.size(), tree);
            require(same == null || same.equals(tree), entry.folder() + " is in another tree of the same size: a fork");
            long index = entry.index(members);
            require(index > last, entry.folder() + " stands in the log before the entry that it follows");
            last = index;
            largest = Math.max(largest, tree.size());
        }
        return entries.size() + " entries at rising places, each in a tree (of up to " + largest
                + " leaves) that the log key signed";
    }

    /** Whether the case ever came this far, by the log and not by what the bundle says of itself. */
    boolean has(String type) {
        return entries.stream().anyMatch(entry -> entry.entry().type().equals(type));
    }

    String opened() throws ForgedException, MissingException {
        int opened = 0;
        for (BundledEntry entry : entries) {
            opened += entry.opens(members) ? 1 : 0;
        }
        need(opened > 0, "no entry is opened: what they commit to cannot be read");
        return opened + " of " + entries.size() + " commitments open to what is enclosed";
    }

    /** One case, numbered from 0, each naming the leaf before it: nothing was left out between two entries. */
    String unbroken() throws ForgedException {
        Optional<Digest> previous = Optional.empty();
        long number = 0;
        Optional<String> name = entries.get(0).entry().caseId();
        require(name.isPresent(), "the first entry belongs to no case");
        for (BundledEntry entry : entries) {
            require(entry.entry().caseId().equals(name), entry.folder() + " belongs to another case");
            require(entry.entry().caseSeq().equals(Optional.of(number)), entry.folder() + " is not number " + number);
            require(entry.entry().prev().equals(previous), entry.folder() + " does not name the entry before it");
            previous = Optional.of(entry.leaf());
            number++;
        }
        return "entries 0 to " + (number - 1) + " of the case, each naming the one before it";
    }

    /** The first entry, from the given place on, that commits to exactly this document. */
    Optional<BundledEntry> committing(byte[] document) {
        return entries.stream().filter(entry -> entry.commitsTo(document)).findFirst();
    }

    Optional<BundledEntry> leaf(Digest leaf) {
        return entries.stream().filter(entry -> entry.leaf().equals(leaf)).findFirst();
    }

    /** Place in the case; the entries are this log's own. */
    int place(BundledEntry entry) {
        return entries.indexOf(entry);
    }
}
