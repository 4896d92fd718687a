// SPDX-License-Identifier: Apache-2.0
package org.sparekey.agent;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.sparekey.client.ResellerClient;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.ReceiptCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the receipts of the ledger and checks each anew: against the batch as sent and the pinned log keys, offline. */
@NullUnmarked
@Command(
        name = "receipts",
        description = "Lists your receipts and checks each one, offline.",
        mixinStandardHelpOptions = true)
final class ReceiptsCommand implements Callable<Integer> {

    private final Surroundings around;

    @Mixin
    private Place place;

    @Mixin
    private Printing printing;

    @Option(names = "--fetch", description = "first ask the gateway for the proofs that were not ready")
    private boolean fetch;

    ReceiptsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        Report.Writing report = new Report.Writing("receipts");
        try (ResellerClient client = place.client(around)) {
            if (fetch) {
                client.prove();
            }
            for (long batch = 1; batch <= client.lastBatch(); batch++) {
                Optional<BatchReceipt> receipt = client.keptReceipt(batch);
                if (receipt.isPresent()) {
                    tell(receipt.get(), client.checkReceipt(batch), report);
                } else {
                    report.problem(ExitCode.INCOMPLETE, "batch " + batch + ": no receipt in the ledger");
                }
            }
        }
        return printing.print(report.done());
    }

    private static void tell(BatchReceipt receipt, ReceiptCheck.Outcome outcome, Report.Writing report) {
        long refused = receipt.verdicts().stream()
                .filter(verdict -> !verdict.accepted())
                .count();
        String words = "batch " + receipt.seq() + ": " + receipt.verdicts().size() + " lines, " + refused
                + " refused, entry " + receipt.index().map(String::valueOf).orElse("-") + ", " + outcome;
        if (outcome == ReceiptCheck.Outcome.PROVEN) {
            report.line(words);
        } else if (outcome == ReceiptCheck.Outcome.PENDING) {
            report.line(words).exit(ExitCode.PENDING);
        } else {
            report.problem(ExitCode.NOT_AUTHENTIC, words + ": keep the ledger, it is evidence");
        }
    }
}
