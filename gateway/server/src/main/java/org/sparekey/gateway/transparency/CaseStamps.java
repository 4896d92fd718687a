// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.Recorded;
import org.sparekey.gateway.auditlog.StampedCheckpoint;
import org.sparekey.gateway.auditlog.TimeStamping;
import org.sparekey.protocol.bundle.BundleMembers;
import org.sparekey.protocol.json.Digest;

/**
 * The time-stamps that a case's entries rest on: for each step the earliest stamped checkpoint that holds it. An entry
 * names the one before it, so a stamp over a tree that holds one covers all before.
 */
final class CaseStamps {

    /** Fetches are many and decide nothing; the last entry of the case is looked at whatever it is. */
    private static final String FETCHED = "evidence.fetched";

    private final TimeStamping time;

    CaseStamps(TimeStamping time) {
        this.time = time;
    }

    void add(List<EntryText> entries, TreeMap<String, byte[]> members) {
        int number = 0;
        for (StampedCheckpoint stamped : over(entries)) {
            String folder = BundleMembers.folder(BundleMembers.STAMPS, number++);
            members.put(folder + BundleMembers.CHECKPOINT, stamped.note());
            members.put(folder + BundleMembers.STAMP, stamped.reply());
            members.put(
                    folder + BundleMembers.PROOF,
                    time.proof(last(entries, stamped), stamped).bytes());
        }
    }

    /** The manifest's own, beside it. */
    void add(byte[] manifest, TreeMap<String, byte[]> members) {
        time.token(Digest.sha256(manifest))
                .ifPresent(token -> members.put(BundleMembers.MANIFEST_STAMP, token.reply()));
    }

    private List<StampedCheckpoint> over(List<EntryText> entries) {
        Map<Digest, StampedCheckpoint> found = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            boolean decides = !entries.get(i).parsed().type().equals(FETCHED);
            Optional<StampedCheckpoint> stamped = decides || i == entries.size() - 1
                    ? time.covering(entries.get(i).recorded())
                    : Optional.empty();
            stamped.ifPresent(checkpoint -> found.putIfAbsent(Digest.sha256(checkpoint.note()), checkpoint));
        }
        List<StampedCheckpoint> stamps = new ArrayList<>(found.values());
        stamps.sort(Comparator.comparing(StampedCheckpoint::origin).thenComparing(StampedCheckpoint::size));
        return stamps;
    }

    /** At least the entry for which the checkpoint was found is in its tree. */
    private static Recorded last(List<EntryText> entries, StampedCheckpoint in) {
        return entries.stream()
                .map(EntryText::recorded)
                .filter(entry -> entry.origin().equals(in.origin()) && entry.index() < in.size())
                .max(Comparator.comparing(Recorded::index))
                .orElseThrow();
    }
}
