// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.ArrayList;
import java.util.List;

/**
 * What the valid approvals of one order add up to. Two means two persons with two keys: nobody counts twice, whatever he
 * signs. A refusal by one officer outweighs any number of approvals.
 */
public final class FourEyes {

    public static final int NEEDED = 2;

    private final List<ApprovalVerdict.Valid> approvals;

    /** @param approvals each found valid by {@link ApprovalCheck} against the same facts */
    public FourEyes(List<ApprovalVerdict.Valid> approvals) {
        this.approvals = List.copyOf(approvals);
    }

    public boolean refused() {
        return approvals.stream().anyMatch(approval -> approval.statement().decision() == Decision.REFUSE);
    }

    /** Two officers said secure or release: the copy may be made, sealed and withheld. */
    public boolean mayCapture() {
        return !refused() && different(approvals) >= NEEDED;
    }

    /**
     * The same for an order: in an emergency whose issuer was called back one officer's secure is enough to make the copy,
     * sealed and withheld. Nothing that one officer says is enough to let it go.
     */
    public boolean mayCapture(boolean emergencyCalledBack) {
        boolean one =
                approvals.stream().anyMatch(approval -> approval.statement().decision() == Decision.SECURE);
        return mayCapture() || (emergencyCalledBack && !refused() && one);
    }

    /** Two officers said release: the sealed copy may go to the authority. */
    public boolean mayRelease() {
        return !refused()
                && different(approvals.stream()
                                .filter(approval -> approval.statement().decision() == Decision.RELEASE)
                                .toList())
                        >= NEEDED;
    }

    /** Whether this officer has said this already: one signature per officer per decision. */
    public boolean repeats(ApprovalVerdict.Valid next) {
        return approvals.stream()
                .anyMatch(earlier ->
                        earlier.statement().decision() == next.statement().decision() && same(earlier, next));
    }

    private static int different(List<ApprovalVerdict.Valid> approvals) {
        List<ApprovalVerdict.Valid> counted = new ArrayList<>();
        for (ApprovalVerdict.Valid approval : approvals) {
            if (counted.stream().noneMatch(earlier -> same(earlier, approval))) {
                counted.add(approval);
            }
        }
        return counted.size();
    }

    private static boolean same(ApprovalVerdict.Valid one, ApprovalVerdict.Valid other) {
        return one.officer().samePerson(other.officer())
                || one.officer().keyId().equals(other.officer().keyId());
    }
}
