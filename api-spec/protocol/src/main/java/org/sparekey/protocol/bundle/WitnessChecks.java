// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.Cosignature;
import org.sparekey.protocol.witness.PolicyVerdict;
import org.sparekey.protocol.witness.PolicyVerdict.Sighting;
import org.sparekey.protocol.witness.WitnessPolicy;

/** Whether enough of the witnesses whom the trust file's policy names saw the log as it is shown here. */
final class WitnessChecks {

    private final Findings findings;
    private final TrustFile trust;
    private final Heads heads;

    WitnessChecks(Findings findings, TrustFile trust, Heads heads) {
        this.findings = findings;
        this.trust = trust;
        this.heads = heads;
    }

    void run() {
        if (trust.policy().equals(TrustFile.POLICY_NONE)) {
            findings.note(Topic.WITNESSES, Finding.NOT_WITNESSED);
        } else if (trust.witnessesRequired()) {
            findings.check(Topic.WITNESSES, this::witnessed);
        } else {
            findings.remark(Topic.WITNESSES, this::witnessed);
        }
    }

    private Sentence witnessed() throws ForgedException, MissingException, MalformedException {
        WitnessPolicy policy = WitnessPolicy.parse(trust.policy());
        for (SignedNote note : heads.notes()) {
            requireGenuine(note, policy);
        }
        need(!heads.notes().isEmpty(), Finding.NO_ENTRIES);
        TreeSet<String> seen = new TreeSet<>();
        for (SignedNote note : heads.notes()) {
            PolicyVerdict verdict = policy.judge(note);
            need(verdict.holds(), Finding.TOO_FEW_WITNESSES, absent(policy, verdict.seen()));
            verdict.seen().stream()
                    .sorted(Comparator.comparing(Sighting::at))
                    .forEach(sighting -> seen.add(sighting.witness() + " (" + sighting.at() + ")"));
        }
        return Sentence.of(seen.isEmpty() ? Finding.NO_WITNESS_ASKED : Finding.WITNESSED, String.join(", ", seen));
    }

    /** A line under a witness's name that he did not write is a forgery; one that is not there is only not there. */
    static void requireGenuine(SignedNote note, WitnessPolicy policy) throws ForgedException {
        for (WitnessPolicy.Witness witness : policy.witnesses()) {
            for (NoteSignature line : note.signatures()) {
                boolean forged = line.claims(witness.key().verifierKey())
                        && Cosignature.verified(line, witness.key(), note.text())
                                .isEmpty();
                require(!forged, Finding.COSIGNATURE_FORGED, witness.name());
            }
        }
    }

    static String absent(WitnessPolicy policy, List<Sighting> seen) {
        List<String> names = seen.stream().map(Sighting::witness).toList();
        return policy.witnesses().stream()
                .map(WitnessPolicy.Witness::name)
                .filter(name -> !names.contains(name))
                .collect(Collectors.joining(", "));
    }
}
