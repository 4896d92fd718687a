// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.approval.ApprovalCheck;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.timestamp.TimeStamp;
import org.sparekey.protocol.timestamp.TimeStampFault;
import org.sparekey.protocol.timestamp.TimeStamps;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;

/** What the time-stamps in a bundle prove: that entries, or the manifest, existed at a time that is not the gateway's. */
final class TimeChecks {

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;
    private final TimeStamps stamps;

    TimeChecks(Findings findings, Members members, TrustFile trust, LogChecks log, TimeStamps stamps) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.log = log;
        this.stamps = stamps;
    }

    void run() {
        boolean enclosed = !members.in(BundleMembers.STAMPS).isEmpty()
                || members.find(BundleMembers.MANIFEST_STAMP).isPresent();
        if (enclosed && trust.timestampRoots().isEmpty()) {
            findings.note(Topic.TIME, Finding.STAMPS_NOT_JUDGED);
        } else if (enclosed || trust.timestampsRequired()) {
            findings.check(Topic.TIME, this::stamped);
        } else {
            findings.note(Topic.TIME, Finding.NOT_TIME_STAMPED);
        }
    }

    private Sentence stamped() throws ForgedException, MissingException, MalformedException {
        List<String> said = new ArrayList<>();
        int covered = -1;
        for (String folder : members.numbered(BundleMembers.STAMPS, BundleMembers.CHECKPOINT)) {
            BundledEntry entry = covers(folder);
            Instant time = time(folder + BundleMembers.STAMP, members.need(folder + BundleMembers.CHECKPOINT));
            plausible(entry, time);
            covered = Math.max(covered, log.caseLog().place(entry));
            said.add("0-" + log.caseLog().place(entry) + ": " + time);
        }
        Optional<byte[]> manifest = members.find(BundleMembers.MANIFEST_STAMP);
        if (manifest.isPresent()) {
            said.add("manifest: " + time(BundleMembers.MANIFEST_STAMP, members.need(BundleMembers.MANIFEST)));
        }
        need(!trust.timestampsRequired() || enough(covered, manifest.isPresent()), Finding.STAMP_MISSING);
        return Sentence.of(Finding.TIME_STAMPED, String.join("; ", said));
    }

    /** What left the gateway must be stamped: the answer by a stamp over the log, the manifest by one or by its own. */
    private boolean enough(int covered, boolean manifestStamped) {
        List<BundledEntry> entries = log.caseLog().entries();
        for (int place = 0; place < entries.size(); place++) {
            boolean answered = entries.get(place).is(CaseEntry.ANSWERED);
            boolean secured = entries.get(place).is(CaseEntry.SECURED);
            if (place > covered && (answered || (secured && !manifestStamped))) {
                return false;
            }
        }
        return true;
    }

    private Instant time(String name, byte[] stamped) throws ForgedException, MissingException {
        List<TimeStamp> held = new ArrayList<>();
        List<TimeStampFault> faults = new ArrayList<>();
        stamps.check(members.need(name), Digest.sha256(stamped), trust.timestampRoots())
                .match(held::add, faults::add);
        if (!faults.isEmpty()) {
            throw new ForgedException(Finding.STAMP_INVALID, name, faults.get(0));
        }
        return held.get(0).time();
    }

    /** The entry that its proof is of, under exactly the note that was stamped, in a tree that the log's key signed. */
    private BundledEntry covers(String folder) throws ForgedException, MissingException, MalformedException {
        LogProof proof = LogProof.parse(members.need(folder + BundleMembers.PROOF));
        byte[] note = members.need(folder + BundleMembers.CHECKPOINT);
        require(Arrays.equals(proof.checkpoint().bytes(), note), Finding.STAMP_OF_ANOTHER_HEAD, folder);
        Checkpoint head = Checkpoint.parse(proof.checkpoint().text());
        Optional<TrustFile.Log> trusted = trust.log(head.origin());
        require(trusted.isPresent(), Finding.LOG_NOT_TRUSTED, head.origin());
        NoteKey key = NoteKey.parse(trusted.orElseThrow().vkey());
        Optional<BundledEntry> entry = log.caseLog().entries().stream()
                .filter(one -> proof.proven(one.leaf(), key).isPresent())
                .findFirst();
        require(entry.isPresent(), Finding.STAMP_COVERS_NOTHING, folder);
        log.heads().same(folder, head);
        return entry.orElseThrow();
    }

    private static void plausible(BundledEntry entry, Instant stamped) throws ForgedException {
        require(
                !entry.entry().time().isAfter(stamped.plus(ApprovalCheck.CLOCK_SKEW)),
                Finding.ENTRY_YOUNGER_THAN_STAMP,
                entry.folder(),
                stamped);
    }
}
