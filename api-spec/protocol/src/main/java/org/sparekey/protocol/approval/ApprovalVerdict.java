// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.function.Function;
import org.sparekey.protocol.document.EnrolledSigner;

/** What {@link ApprovalCheck} found. */
public sealed interface ApprovalVerdict {

    /** Both cases, none forgotten. */
    <R> R match(Function<Valid, R> valid, Function<ApprovalFault, R> invalid);

    /** This enrolled officer decided this, about exactly these facts. */
    record Valid(Approval approval, ApprovalStatement statement, EnrolledSigner officer) implements ApprovalVerdict {

        /** An officer of the hoster, in his own right. */
        public boolean own() {
            return officer.role().equals(ApprovalCheck.OFFICER);
        }

        @Override
        public <R> R match(Function<Valid, R> valid, Function<ApprovalFault, R> invalid) {
            return valid.apply(this);
        }
    }

    record Invalid(ApprovalFault fault) implements ApprovalVerdict {
        @Override
        public <R> R match(Function<Valid, R> valid, Function<ApprovalFault, R> invalid) {
            return invalid.apply(fault);
        }
    }
}
