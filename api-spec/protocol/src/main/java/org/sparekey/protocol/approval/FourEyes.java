// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.List;
import java.util.Optional;

/**
 * What the valid approvals of one order add up to. Two means two persons with two keys, and one of them an officer of the
 * hoster in his own right: nobody counts twice, whatever he signs, and outside co-approvers never count without an officer. A
 * refusal by one outweighs any number of approvals.
 */
public final class FourEyes {

    public static final int NEEDED = 2;

    private final List<ApprovalVerdict.Valid> approvals;

    /** @param approvals each found valid by {@link ApprovalCheck} against the same facts */
    public FourEyes(List<ApprovalVerdict.Valid> approvals) {
        this.approvals = List.copyOf(approvals);
    }

    public boolean refused() {
        return !said(Decision.REFUSE).isEmpty();
    }

    /** Two said secure or release: the copy may be made, sealed and withheld. */
    public boolean mayCapture() {
        return !refused() && two(approvals);
    }

    /**
     * The same for an order: in an emergency whose issuer was called back one officer's secure is enough to make the copy,
     * sealed and withheld; an outsider's is not. Nothing that one says is enough to let it go.
     */
    public boolean mayCapture(boolean emergencyCalledBack) {
        boolean one = said(Decision.SECURE).stream().anyMatch(ApprovalVerdict.Valid::own);
        return mayCapture() || (emergencyCalledBack && !refused() && one);
    }

    /** Two said release: the sealed copy may go to the authority. */
    public boolean mayRelease() {
        return !refused() && two(said(Decision.RELEASE));
    }

    /** Whether this person has said this already: one signature per person per decision. */
    public boolean repeats(ApprovalVerdict.Valid next) {
        return said(next.statement().decision()).stream().anyMatch(earlier -> same(earlier, next));
    }

    /** Whether a second one is asked for: an officer in his own right said yes, and nobody refused. */
    public boolean waitsForSecond() {
        return !refused() && approvals.stream().anyMatch(ApprovalVerdict.Valid::own);
    }

    /**
     * Why this one's turn has not come. An outsider starts nothing: an officer says before him what he says, and lets nothing
     * go that an officer only wants kept.
     */
    public Optional<ApprovalFault> outOfTurn(ApprovalVerdict.Valid next) {
        boolean releases = next.statement().decision() == Decision.RELEASE;
        boolean before =
                releases ? said(Decision.RELEASE).stream().anyMatch(ApprovalVerdict.Valid::own) : waitsForSecond();
        return next.own() || before ? Optional.empty() : Optional.of(ApprovalFault.OUTSIDE_FIRST);
    }

    private List<ApprovalVerdict.Valid> said(Decision decision) {
        return approvals.stream()
                .filter(approval -> approval.statement().decision() == decision)
                .toList();
    }

    /** An officer in his own right, and beside him somebody who is not he. */
    private static boolean two(List<ApprovalVerdict.Valid> yes) {
        return yes.stream()
                .filter(ApprovalVerdict.Valid::own)
                .anyMatch(officer -> yes.stream().anyMatch(other -> !same(officer, other)));
    }

    private static boolean same(ApprovalVerdict.Valid one, ApprovalVerdict.Valid other) {
        return one.officer().samePerson(other.officer())
                || one.officer().keyId().equals(other.officer().keyId());
    }
}
