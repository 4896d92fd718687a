// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.util.function.Function;
import java.util.function.Supplier;

/** What {@link DocumentCheck} found. */
public sealed interface DocumentVerdict {

    /** The three cases, none forgotten. */
    <R> R match(
            Function<EnrolledSigner, R> authentic, Function<DocumentFault, R> refused, Supplier<R> revocationUnknown);

    /** Signed by this enrolled signer, whose certificate was valid and not revoked. */
    record Authentic(EnrolledSigner signer) implements DocumentVerdict {
        @Override
        public <R> R match(
                Function<EnrolledSigner, R> authentic, Function<DocumentFault, R> refused, Supplier<R> unknown) {
            return authentic.apply(signer);
        }
    }

    record Refused(DocumentFault fault) implements DocumentVerdict {
        @Override
        public <R> R match(
                Function<EnrolledSigner, R> authentic, Function<DocumentFault, R> refused, Supplier<R> unknown) {
            return refused.apply(fault);
        }
    }

    /** No revocation list of the issuer that is valid at that time: nothing is decided, for or against. */
    record RevocationUnknown() implements DocumentVerdict {
        @Override
        public <R> R match(
                Function<EnrolledSigner, R> authentic, Function<DocumentFault, R> refused, Supplier<R> unknown) {
            return unknown.get();
        }
    }
}
