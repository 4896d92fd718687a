// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/** The entries of one case, in its order, and the checks that need nothing but them. */
final class CaseLog {

    private final Members members;
    private final List<BundledEntry> entries;

    private CaseLog(Members members, List<BundledEntry> entries) {
        this.members = members;
        this.entries = List.copyOf(entries);
    }

    static CaseLog read(Members members) throws MissingException, MalformedException {
        List<BundledEntry> entries = new ArrayList<>();
        for (String folder : members.folders(BundleMembers.CASE_ENTRIES)) {
            entries.add(BundledEntry.read(members, folder));
        }
        need(!entries.isEmpty(), Finding.NO_ENTRIES);
        return new CaseLog(members, entries);
    }

    List<BundledEntry> entries() {
        return entries;
    }

    BundledEntry last() {
        return entries.get(entries.size() - 1);
    }

    /** Whether the case ever came this far, by the log and not by what the bundle says of itself. */
    boolean has(String type) {
        return entries.stream().anyMatch(entry -> entry.is(type));
    }

    /** The state that the log leaves the order in. */
    Optional<String> state() {
        return CaseEntry.state(
                entries.stream().map(entry -> entry.entry().type()).toList());
    }

    /** Judges every opening that is there. */
    Sentence opened() throws ForgedException, MissingException {
        int opened = 0;
        for (BundledEntry entry : entries) {
            opened += entry.opens(members) ? 1 : 0;
        }
        need(opened > 0, Finding.NOTHING_OPENED);
        return Sentence.of(Finding.OPENED, opened, entries.size());
    }

    /** Entries whose content nobody can read from this bundle, by number and type. */
    List<String> unopened() {
        return entries.stream()
                .filter(entry -> entry.payload().isEmpty())
                .map(entry ->
                        entry.entry().caseSeq().orElse(0L) + " " + entry.entry().type())
                .toList();
    }

    /** One case, numbered from 0, each naming the leaf before it: nothing was left out between two entries. */
    Sentence unbroken() throws ForgedException {
        Optional<Digest> previous = Optional.empty();
        long number = 0;
        Optional<String> name = entries.get(0).entry().caseId();
        require(name.isPresent(), Finding.NO_CASE);
        for (BundledEntry entry : entries) {
            require(entry.entry().caseId().equals(name), Finding.OTHER_CASE, entry.folder());
            require(entry.entry().caseSeq().equals(Optional.of(number)), Finding.OTHER_NUMBER, entry.folder(), number);
            require(entry.entry().prev().equals(previous), Finding.OTHER_PREVIOUS, entry.folder());
            previous = Optional.of(entry.leaf());
            number++;
        }
        return Sentence.of(Finding.UNBROKEN, number - 1);
    }

    /** The first entry of this type that commits to exactly this document; in an entry of another it may have been refused. */
    Optional<BundledEntry> committing(String type, byte[] document) {
        return entries.stream()
                .filter(entry -> entry.is(type) && entry.commitsTo(document))
                .findFirst();
    }

    Optional<BundledEntry> leaf(Digest leaf) {
        return entries.stream().filter(entry -> entry.leaf().equals(leaf)).findFirst();
    }

    /** The place of the last entry of this type before a place; -1 when there is none. */
    int lastBefore(String type, int place) {
        int found = -1;
        for (int i = 0; i < place; i++) {
            found = entries.get(i).is(type) ? i : found;
        }
        return found;
    }

    /** Place in the case; the entries are this log's own. */
    int place(BundledEntry entry) {
        return entries.indexOf(entry);
    }
}
