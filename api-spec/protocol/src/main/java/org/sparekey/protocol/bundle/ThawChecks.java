// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.need;
import static org.sparekey.protocol.bundle.Findings.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.bundle.Findings.MissingException;
import org.sparekey.protocol.bundle.OrderChecks.Received;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointFault;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OrderThaw;
import org.sparekey.protocol.joint.ThawOutcome;
import org.sparekey.protocol.json.MalformedException;

/** An order whose row was found behind this log: nothing of it went on before two officers had signed for what becomes of it. */
final class ThawChecks {

    private final Findings findings;
    private final TrustFile trust;
    private final LogChecks log;
    private final Received order;

    ThawChecks(Findings findings, TrustFile trust, LogChecks log, Received order) {
        this.findings = findings;
        this.trust = trust;
        this.log = log;
        this.order = order;
    }

    /** Says nothing of a case that was never frozen. */
    void run() {
        boolean thawed = log.caseLog().entries().stream()
                .anyMatch(entry -> ThawOutcome.of(entry.entry().type()).isPresent());
        if (thawed || log.caseLog().has(CaseEntry.FROZEN)) {
            findings.check(Topic.FREEZING, this::judge);
        }
    }

    private Sentence judge() throws ForgedException, MissingException, MalformedException {
        Optional<BundledEntry> frozen = Optional.empty();
        Optional<Sentence> latest = Optional.empty();
        for (BundledEntry entry : log.caseLog().entries()) {
            Optional<ThawOutcome> outcome = ThawOutcome.of(entry.entry().type());
            if (outcome.isPresent()) {
                require(frozen.isPresent(), Finding.THAW_OF_ANOTHER, entry.folder());
                latest = Optional.of(thawed(entry, outcome.get(), frozen.orElseThrow()));
                frozen = Optional.empty();
            } else {
                boolean stands = frozen.isEmpty() || entry.is(CaseEntry.FROZEN);
                require(
                        stands,
                        Finding.WENT_ON_WHILE_FROZEN,
                        entry.folder(),
                        entry.entry().type());
                frozen = entry.is(CaseEntry.FROZEN) ? Optional.of(entry) : frozen;
            }
        }
        return frozen.isPresent()
                ? Sentence.of(Finding.FROZEN_SINCE, frozen.get().entry().time())
                : latest.orElseThrow();
    }

    private Sentence thawed(BundledEntry entry, ThawOutcome outcome, BundledEntry frozen)
            throws ForgedException, MissingException, MalformedException {
        need(entry.payload().isPresent(), Finding.THAW_UNOPENED, entry.folder());
        JointStatement joint = JointStatement.parse(entry.payload().orElseThrow());
        OrderThaw said = joint.read(OrderThaw.class);
        List<JointFault> faults = new ArrayList<>();
        JointCheck.check(joint, said, trust::enrolled, entry.entry().time()).match(valid -> true, faults::add);
        if (!faults.isEmpty()) {
            throw new ForgedException(Finding.THAW_INVALID, entry.folder(), faults.get(0));
        }
        boolean meant = said.frozen().equals(frozen.leaf())
                && said.outcome() == outcome
                && Optional.of(said.order()).equals(entry.entry().caseId())
                && said.orderDigest().equals(order.signed().digest());
        require(meant, Finding.THAW_OF_ANOTHER, entry.folder());
        return Sentence.of(Finding.WAS_FROZEN, frozen.entry().time(), outcome, String.join(", ", said.officers()));
    }
}
