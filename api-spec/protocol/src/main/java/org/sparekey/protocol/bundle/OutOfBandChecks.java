// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointFault;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OutOfBandExecution;
import org.sparekey.protocol.json.MalformedException;

/** The after-entries of what was done on paper: two officers signed each, and each stays red for ever. */
final class OutOfBandChecks {

    private final Findings findings;
    private final TrustFile trust;
    private final LogChecks log;

    OutOfBandChecks(Findings findings, TrustFile trust, LogChecks log) {
        this.findings = findings;
        this.trust = trust;
        this.log = log;
    }

    void run() {
        for (BundledEntry entry : log.caseLog().entries()) {
            if (entry.is(OutOfBandExecution.ENTRY_TYPE)) {
                findings.warn(Topic.OUT_OF_BAND, () -> executed(entry));
            }
        }
    }

    private Sentence executed(BundledEntry entry) throws ForgedException, MissingException, MalformedException {
        need(entry.payload().isPresent(), Finding.OUT_OF_BAND_UNOPENED, entry.folder());
        JointStatement joint = JointStatement.parse(entry.payload().orElseThrow());
        OutOfBandExecution said = joint.read(OutOfBandExecution.class);
        List<JointFault> faults = new ArrayList<>();
        JointCheck.check(joint, said, trust::enrolled, entry.entry().time()).match(valid -> true, faults::add);
        if (!faults.isEmpty()) {
            throw new ForgedException(Finding.OUT_OF_BAND_INVALID, entry.folder(), faults.get(0));
        }
        return Sentence.of(
                said.late(entry.entry().time()) ? Finding.OUT_OF_BAND_LATE : Finding.OUT_OF_BAND,
                said.startedAt(),
                said.finishedAt(),
                said.reason(),
                String.join(", ", said.officers()));
    }
}
