// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparekey.protocol.document.EnrolledSigner;

/** What {@link ApprovalCheck} found. */
public sealed interface ApprovalVerdict {

    /** Both cases, none forgotten. */
    <R> R match(Function<Valid, R> valid, Function<ApprovalFault, R> invalid);

    /**
     * This enrolled person decided this, about exactly these facts.
     *
     * @param by the officer whose seat he fills, and by which word of his; absent where he speaks for himself
     */
    record Valid(Approval approval, ApprovalStatement statement, EnrolledSigner officer, Optional<Delegated> by)
            implements ApprovalVerdict {

        /** For himself. */
        public Valid(Approval approval, ApprovalStatement statement, EnrolledSigner officer) {
            this(approval, statement, officer, Optional.empty());
        }

        /** An officer of the hoster, in his own right. */
        public boolean own() {
            return officer.role().equals(ApprovalCheck.OFFICER) && by.isEmpty();
        }

        /** Whether an officer's seat speaks: an officer in his own right, or who fills the seat of one who is away. */
        boolean seated() {
            return own() || by.isPresent();
        }

        /** Whose seat it is: nobody's but his own where he speaks for himself. */
        EnrolledSigner seat() {
            return by.map(Delegated::delegator).orElse(officer);
        }

        @Override
        public <R> R match(Function<Valid, R> valid, Function<ApprovalFault, R> invalid) {
            return valid.apply(this);
        }
    }

    /** @param revokedAt from then on it counts for nothing */
    record Delegated(EnrolledSigner delegator, Delegation said, Optional<Instant> revokedAt) {

        /** Whether nothing that it rests on has been taken back by then; that its term is over is another matter. */
        public boolean stillMeant(Instant at) {
            return Stream.of(revokedAt, delegator.revokedAt())
                    .flatMap(Optional::stream)
                    .allMatch(at::isBefore);
        }
    }

    record Invalid(ApprovalFault fault) implements ApprovalVerdict {
        @Override
        public <R> R match(Function<Valid, R> valid, Function<ApprovalFault, R> invalid) {
            return invalid.apply(fault);
        }
    }
}
