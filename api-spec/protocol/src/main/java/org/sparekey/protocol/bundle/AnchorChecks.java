// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.CaseAnchor;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.WitnessPolicy;

/** Whether the public registry log had taken down the state of the case log under which the case is shown. */
final class AnchorChecks {

    /** Origins are {@code <host>/log/<registry|case>/<year>} (9-formats). */
    private static final String CASE = "/log/case/";

    private static final String REGISTRY = "/log/registry/";

    private final Findings findings;
    private final Members members;
    private final TrustFile trust;
    private final LogChecks log;

    AnchorChecks(Findings findings, Members members, TrustFile trust, LogChecks log) {
        this.findings = findings;
        this.members = members;
        this.trust = trust;
        this.log = log;
    }

    /** The newest minute of a case is anchored only in the next one, so a young bundle has no anchor. */
    void run() {
        if (members.in(BundleMembers.ANCHORS).isEmpty()) {
            findings.note(Topic.ANCHOR, Finding.NOT_ANCHORED);
        } else if (findings.check(Topic.ANCHOR, this::anchored) && trust.witnessesRequired()) {
            findings.support(Topic.ANCHOR, this::witnessed);
        }
    }

    private Sentence anchored() throws ForgedException, MissingException, MalformedException {
        byte[] stored = members.need(BundleMembers.ANCHOR_ENTRY);
        LogEntry entry = LogEntry.parse(stored);
        Checkpoint registry = LogProof.parse(members.need(BundleMembers.ANCHOR_PROOF))
                .proven(LogEntry.leafHash(stored), key(entry.origin()))
                .orElseThrow(() -> new ForgedException(Finding.ENTRY_NOT_PROVEN, BundleMembers.ANCHOR_ENTRY));
        CaseAnchor anchor = Wire.read(members.need(BundleMembers.ANCHOR_OPENED), CaseAnchor.class);
        require(anchor.opens(entry), Finding.OPENING_DIFFERS, BundleMembers.ANCHOR_ENTRY);
        LogProof proof = LogProof.parse(members.need(BundleMembers.ANCHOR_CASE_PROOF));
        byte[] note = anchor.checkpoint().getBytes(StandardCharsets.UTF_8);
        require(Arrays.equals(proof.checkpoint().bytes(), note), Finding.ANCHOR_OF_ANOTHER_HEAD);
        Checkpoint head = Checkpoint.parse(proof.checkpoint().text());
        NoteKey key = key(head.origin());
        Optional<BundledEntry> held = log.caseLog().entries().stream()
                .filter(one -> proof.proven(one.leaf(), key).isPresent())
                .findFirst();
        require(held.isPresent(), Finding.ANCHOR_OF_ANOTHER_HEAD);
        require(publicBeside(entry.origin(), head.origin()), Finding.ANCHOR_IN_ANOTHER_LOG, entry.origin());
        log.heads().same(BundleMembers.ANCHOR_ENTRY, head);
        log.heads().same(BundleMembers.ANCHOR_ENTRY, registry);
        return Sentence.of(
                Finding.ANCHORED,
                entry.time(),
                registry.size(),
                registry.origin(),
                log.caseLog().place(held.orElseThrow()));
    }

    private NoteKey key(String origin) throws ForgedException, MalformedException {
        Optional<TrustFile.Log> trusted = trust.log(origin);
        require(trusted.isPresent(), Finding.LOG_NOT_TRUSTED, origin);
        NoteKey key = NoteKey.parse(trusted.orElseThrow().vkey());
        require(key.name().equals(origin), Finding.LOG_KEY_OF_ANOTHER, origin);
        return key;
    }

    /** Only the registry log is public: an anchor in any other, the case log itself among them, binds nobody. */
    private static boolean publicBeside(String anchor, String cases) {
        int host = cases.indexOf(CASE);
        return host > 0 && anchor.startsWith(cases.substring(0, host) + REGISTRY);
    }

    /**
     * Whether the witnesses saw the public log with the anchor in it, and the case log as it was anchored. The policy of
     * the trust file is about the case log; that the registry's asks fewer is no fault of the bundle.
     */
    private Sentence witnessed() throws ForgedException, MissingException, MalformedException {
        SignedNote registry =
                LogProof.parse(members.need(BundleMembers.ANCHOR_PROOF)).checkpoint();
        SignedNote anchored =
                LogProof.parse(members.need(BundleMembers.ANCHOR_CASE_PROOF)).checkpoint();
        WitnessPolicy policy = WitnessPolicy.parse(trust.policy());
        WitnessChecks.requireGenuine(registry, policy);
        WitnessChecks.requireGenuine(anchored, policy);
        String absent = WitnessChecks.absent(policy, policy.judge(registry).seen());
        need(policy.judge(registry).holds(), Finding.ANCHOR_NOT_WITNESSED, absent);
        need(policy.judge(anchored).holds(), Finding.ANCHORED_NOT_WITNESSED);
        return Sentence.of(Finding.ANCHOR_WITNESSED);
    }
}
