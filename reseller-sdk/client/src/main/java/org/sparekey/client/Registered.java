// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.List;
import java.util.function.Function;
import org.sparekey.protocol.problem.ProblemDetails;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.LineVerdict;

/** What became of a batch. The receipt lies in the ledger too. */
public sealed interface Registered {

    /** The only exhaustive form. */
    <T> T match(Function<Proven, T> proven, Function<Pending, T> pending, Function<Refused, T> refused);

    /** One line for people and logs; without machines or customers. */
    default String summary() {
        return match(
                proven -> "proven: batch " + proven.receipt().seq() + ", "
                        + proven.refusedLines().size() + " of "
                        + proven.receipt().verdicts().size() + " lines refused",
                pending -> "pending: batch " + pending.receipt().seq() + " waits for its checkpoint",
                refused -> "refused: " + refused.problem().title());
    }

    /**
     * The batch is in the gateway's log, under a checkpoint signed by the pinned log key; checked here, line by line.
     *
     * @param refused the machines whose line had no effect; a receipt that is fetched later counts lines only
     */
    record Proven(BatchReceipt receipt, List<RefusedMachine> refused) implements Registered {

        public Proven {
            refused = List.copyOf(refused);
        }

        /** The lines that had no effect, with code and JSON pointer; line 2 is the first record. */
        public List<LineVerdict> refusedLines() {
            return receipt.verdicts().stream()
                    .filter(verdict -> !verdict.accepted())
                    .toList();
        }

        @Override
        public <T> T match(Function<Proven, T> proven, Function<Pending, T> pending, Function<Refused, T> refused) {
            return proven.apply(this);
        }
    }

    /** Taken in, not yet in a signed checkpoint: {@link ResellerClient#prove} asks later. */
    record Pending(BatchReceipt receipt, List<RefusedMachine> refused) implements Registered {

        public Pending {
            refused = List.copyOf(refused);
        }

        @Override
        public <T> T match(Function<Proven, T> proven, Function<Pending, T> pending, Function<Refused, T> refused) {
            return pending.apply(this);
        }
    }

    /** The batch as a whole had no effect, and sent again it would have none; its number is free. */
    record Refused(ProblemDetails problem) implements Registered {
        @Override
        public <T> T match(Function<Proven, T> proven, Function<Pending, T> pending, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
