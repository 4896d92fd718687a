// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.joint;

import java.util.List;
import java.util.function.Function;
import org.sparekey.protocol.document.EnrolledSigner;

/** What {@link JointCheck} found. */
public sealed interface JointVerdict {

    /** Both cases, none forgotten. */
    <R> R match(Function<List<EnrolledSigner>, R> valid, Function<JointFault, R> invalid);

    /** These different officers signed it. */
    record Valid(List<EnrolledSigner> officers) implements JointVerdict {
        public Valid {
            officers = List.copyOf(officers);
        }

        @Override
        public <R> R match(Function<List<EnrolledSigner>, R> valid, Function<JointFault, R> invalid) {
            return valid.apply(officers);
        }
    }

    record Invalid(JointFault fault) implements JointVerdict {
        @Override
        public <R> R match(Function<List<EnrolledSigner>, R> valid, Function<JointFault, R> invalid) {
            return invalid.apply(fault);
        }
    }
}
