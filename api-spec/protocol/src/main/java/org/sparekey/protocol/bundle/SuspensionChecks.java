// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.require;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.bundle.Findings.ForgedException;

/** The authority's kill-switch, as the case tells it: while it was pulled nothing may have gone on for the order. */
final class SuspensionChecks {

    /** What nobody does for a suspended authority; a copy that was under way may still have been sealed, and withheld. */
    private static final Set<String> GOES_ON = Set.of(
            CaseEntry.ANSWERED,
            CaseEntry.APPROVED,
            CaseEntry.EXECUTING,
            CaseEntry.RELEASED,
            "order.available",
            CaseEntry.ISOLATED,
            "order.located");

    private final Findings findings;
    private final LogChecks log;

    SuspensionChecks(Findings findings, LogChecks log) {
        this.findings = findings;
        this.log = log;
    }

    /** Says nothing of an authority that was never suspended while its case went on. */
    void run() {
        if (log.caseLog().has(CaseEntry.SUSPENDED)) {
            findings.check(Topic.SUSPENSION, this::judge);
        }
    }

    private Sentence judge() throws ForgedException {
        Optional<Instant> since = Optional.empty();
        Optional<Instant> latest = Optional.empty();
        for (BundledEntry entry : log.caseLog().entries()) {
            require(
                    since.isEmpty() || !GOES_ON.contains(entry.entry().type()),
                    Finding.WENT_ON_WHILE_SUSPENDED,
                    entry.folder(),
                    entry.entry().type());
            if (entry.is(CaseEntry.SUSPENDED)) {
                since = Optional.of(entry.entry().time());
                latest = since;
            } else if (entry.is(CaseEntry.RESUMED)) {
                since = Optional.empty();
            }
        }
        return Sentence.of(since.isPresent() ? Finding.SUSPENDED_SINCE : Finding.WAS_SUSPENDED, latest.orElseThrow());
    }
}
