// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.function.Function;
import java.util.function.Supplier;

/** What was submitted as the validator's authorisation, and how far it is proven. */
public sealed interface Validation {

    /** The three cases, none forgotten. */
    <R> R match(Supplier<R> absent, Supplier<R> unproven, Function<Proven, R> proven);

    /** Nothing was submitted beside the order. */
    record Absent() implements Validation {
        @Override
        public <R> R match(Supplier<R> absent, Supplier<R> unproven, Function<Proven, R> proven) {
            return absent.get();
        }
    }

    /** A document is there, and nobody has checked yet whose it is (an offline check without trust data). */
    record Unproven() implements Validation {
        @Override
        public <R> R match(Supplier<R> absent, Supplier<R> unproven, Function<Proven, R> proven) {
            return unproven.get();
        }
    }

    /** A document for exactly this order, authentic, of this enrolled person. */
    record Proven(String authority, String person, String role) implements Validation {
        @Override
        public <R> R match(Supplier<R> absent, Supplier<R> unproven, Function<Proven, R> proven) {
            return proven.apply(this);
        }
    }
}
