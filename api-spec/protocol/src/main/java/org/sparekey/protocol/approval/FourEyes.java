// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.List;
import java.util.Optional;

/**
 * What the valid approvals of one order add up to. Two means two persons with two keys in two seats, and one seat an officer's
 * of the hoster: nobody counts twice, whatever he signs, an officer and whoever fills his seat are one, and outside co-approvers
 * never count where no officer's seat speaks. A refusal by one outweighs any number of approvals.
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

    /** Whether a second one is asked for: an officer, or who fills his seat, said yes, and nobody refused. */
    public boolean waitsForSecond() {
        return !refused() && approvals.stream().anyMatch(ApprovalVerdict.Valid::seated);
    }

    /**
     * Why this one's turn has not come. An outsider starts nothing: an officer's seat says before him what he says, and lets
     * nothing go that an officer only wants kept. Whoever fills a seat finds it silent; the officer himself may always speak.
     */
    public Optional<ApprovalFault> outOfTurn(ApprovalVerdict.Valid next) {
        List<ApprovalVerdict.Valid> same = said(next.statement().decision());
        if (next.by().isPresent()) {
            boolean taken = same.stream().anyMatch(earlier -> shareSeat(earlier, next));
            return taken ? Optional.of(ApprovalFault.SEAT_TAKEN) : Optional.empty();
        }
        boolean releases = next.statement().decision() == Decision.RELEASE;
        boolean before = releases ? same.stream().anyMatch(ApprovalVerdict.Valid::seated) : waitsForSecond();
        return next.own() || before ? Optional.empty() : Optional.of(ApprovalFault.OUTSIDE_FIRST);
    }

    private List<ApprovalVerdict.Valid> said(Decision decision) {
        return approvals.stream()
                .filter(approval -> approval.statement().decision() == decision)
                .toList();
    }

    /** An officer's seat, and beside it somebody who is not the one who speaks from it, nor in it. */
    private static boolean two(List<ApprovalVerdict.Valid> yes) {
        return yes.stream()
                .filter(ApprovalVerdict.Valid::seated)
                .anyMatch(
                        officer -> yes.stream().anyMatch(other -> !same(officer, other) && !shareSeat(officer, other)));
    }

    /**
     * An officer and whoever fills his seat, or two who fill it; also where he speaks from a third one's seat meanwhile, so that
     * nobody makes two of himself and his delegate by way of another's delegation.
     */
    private static boolean shareSeat(ApprovalVerdict.Valid one, ApprovalVerdict.Valid other) {
        return one.seat().samePerson(other.seat())
                || one.seat().samePerson(other.officer())
                || one.officer().samePerson(other.seat());
    }

    private static boolean same(ApprovalVerdict.Valid one, ApprovalVerdict.Valid other) {
        return one.officer().samePerson(other.officer())
                || one.officer().keyId().equals(other.officer().keyId());
    }
}
