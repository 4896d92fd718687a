// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.function.Function;
import java.util.function.Supplier;

/** What the matrix says about one category of an order. */
public sealed interface Verdict {

    /** The three cases, none forgotten. */
    <R> R match(Supplier<R> allow, Function<Refusal, R> deny, Function<String, R> needs);

    record Allow() implements Verdict {
        @Override
        public <R> R match(Supplier<R> allow, Function<Refusal, R> deny, Function<String, R> needs) {
            return allow.get();
        }

        @Override
        public String toString() {
            return "ALLOW";
        }
    }

    record Deny(Refusal refusal) implements Verdict {
        @Override
        public <R> R match(Supplier<R> allow, Function<Refusal, R> deny, Function<String, R> needs) {
            return deny.apply(refusal);
        }

        @Override
        public String toString() {
            return "DENY(" + refusal + ")";
        }
    }

    /** @param field what must still arrive or be proven */
    record Needs(String field) implements Verdict {
        @Override
        public <R> R match(Supplier<R> allow, Function<Refusal, R> deny, Function<String, R> needs) {
            return needs.apply(field);
        }

        @Override
        public String toString() {
            return "NEEDS(" + field + ")";
        }
    }
}
