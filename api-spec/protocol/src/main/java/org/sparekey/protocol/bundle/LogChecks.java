// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.LogProof;

/** What the log proves: the entries of the case and those that enrolled the keys. */
final class LogChecks {

    /** A bundle is made while somebody waits for it: what is older was cut at an earlier request. */
    static final Duration MAKING = Duration.ofMinutes(10);

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final BundleIndex index;
    private final Heads heads = new Heads();
    private final List<CaseLog> read = new ArrayList<>();
    private final List<BundledEntry> keys = new ArrayList<>();

    LogChecks(Findings findings, Members members, TrustFile trust, BundleIndex index) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.index = index;
    }

    /** @return whether there are entries to judge the rest by */
    boolean run() {
        findings.check(Topic.LOG_ENTRIES, this::included);
        if (read.isEmpty()) {
            return false;
        }
        findings.check(Topic.CASE_SEQUENCE, () -> caseLog().unbroken());
        findings.check(Topic.COMMITMENTS, () -> caseLog().opened());
        List<String> unopened = caseLog().unopened();
        if (!unopened.isEmpty()) {
            findings.note(Topic.COMMITMENTS, Finding.UNOPENED, String.join(", ", unopened));
        }
        findings.check(Topic.CASE_END, this::end);
        return true;
    }

    CaseLog caseLog() {
        return read.get(0);
    }

    Heads heads() {
        return heads;
    }

    /**
     * Each entry is in the one tree of its log that the bundle shows, those of the case at rising places. A case that lasts
     * beyond a year's end goes on in the next shard, whose places begin anew, and does not come back.
     */
    private Sentence included() throws ForgedException, MissingException, MalformedException {
        CaseLog log = CaseLog.read(members);
        read.add(log);
        Set<String> ended = new HashSet<>();
        String shard = "";
        long last = -1;
        for (BundledEntry entry : log.entries()) {
            LogProof proof = entry.proven(members, trust);
            heads.add(entry.folder(), proof);
            if (!entry.entry().origin().equals(shard)) {
                ended.add(shard);
                shard = entry.entry().origin();
                last = -1;
            }
            boolean follows = !ended.contains(shard) && proof.inclusion().index() > last;
            require(follows, Finding.ENTRY_OUT_OF_ORDER, entry.folder());
            last = proof.inclusion().index();
        }
        for (String folder : members.folders(BundleMembers.KEY_ENTRIES)) {
            BundledEntry entry = BundledEntry.read(members, folder);
            heads.add(folder, entry.proven(members, trust));
            keys.add(entry);
        }
        return Sentence.of(Finding.INCLUDED, log.entries().size(), keys.size(), heads.largest());
    }

    /**
     * The state on the bundle is the one that the log leaves the order in, and the case ends with the entry that this
     * bundle was asked for: whoever cuts the end off needs such an entry at the cut, and only the log's own gateway can
     * enter one. Two entries with one number of one case would show in the log to whoever reads it whole.
     */
    private Sentence end() throws ForgedException, MissingException {
        boolean whole = members.gaps().isEmpty()
                && members.all().keySet().containsAll(index.members().keySet());
        need(whole, Finding.END_NEEDS_MEMBERS);
        Optional<String> state = caseLog().state();
        require(state.equals(Optional.of(index.state())), Finding.OTHER_STATE, index.state(), state.orElse("-"));
        BundledEntry last = caseLog().last();
        need(
                last.is(CaseEntry.BUNDLE_ASKED),
                Finding.END_NOT_SHOWN,
                last.entry().type());
        Instant asked = last.entry().time();
        require(!index.at().isBefore(asked), Finding.OLDER_THAN_ITS_END);
        need(!index.at().isAfter(asked.plus(MAKING)), Finding.END_OF_EARLIER, asked, index.at());
        return Sentence.of(Finding.END_SHOWN, index.state(), asked);
    }

    /**
     * That the log says the key was enrolled for documents of this role, by then. Key entries carry key id and status in
     * clear (9-formats), so that key status can be rebuilt from the log alone.
     *
     * @param role as the entry has it, such as PROSECUTOR
     * @param by the entry of the case in which the key spoke
     */
    void enrolled(Digest keyId, String role, LogEntry by) throws ForgedException, MissingException {
        Optional<BundledEntry> found = Optional.empty();
        for (BundledEntry entry : keys) {
            if (keyId.base64url().equals(entry.entry().clear().get(KeyEntry.KEY))) {
                require(
                        !KeyEntry.REVOKED.equals(entry.entry().clear().get(KeyEntry.STATUS))
                                || entry.entry().time().isAfter(by.time()),
                        Finding.KEY_REVOKED_BEFORE,
                        keyId);
                found = found.isPresent() ? found : Optional.of(entry);
            }
        }
        need(found.isPresent(), Finding.KEY_ENTRY_MISSING, keyId);
        LogEntry entry = found.orElseThrow().entry();
        boolean enrols = entry.type().equals(KeyEntry.TYPE)
                && KeyEntry.ENROLLED.equals(entry.clear().get(KeyEntry.STATUS));
        require(enrols, Finding.KEY_ENTRY_ENROLS_NOT, keyId);
        boolean forThis = role.equals(entry.clear().get(KeyEntry.ROLE))
                && KeyEntry.DOCUMENT.equals(entry.clear().get(KeyEntry.USE));
        require(forThis, Finding.KEY_ENROLLED_OTHERWISE, keyId);
        require(!entry.time().isAfter(by.time()), Finding.KEY_ENROLLED_AFTERWARDS, keyId);
    }
}
