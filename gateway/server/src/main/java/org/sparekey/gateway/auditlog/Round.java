// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.sparekey.protocol.tree.NoteSignature;

/** The answers of one round of offers, as they come in. */
final class Round {

    /** One witness's line. */
    record Line(String witness, NoteSignature signature) {}

    /** What one offer ended with. */
    private sealed interface Report {
        record Answered(Optional<Line> line) implements Report {}

        record Threw(Throwable thrown) implements Report {}
    }

    private final int offers;
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    Round(int offers) {
        this.offers = offers;
    }

    /** Runs one offer; whatever it throws is thrown where the round is collected. */
    void report(Callable<Optional<Line>> offer) {
        try {
            reports.add(new Report.Answered(offer.call()));
        } catch (Throwable thrown) {
            reports.add(new Report.Threw(thrown));
        }
    }

    /** Takes lines until that is enough or every offer has ended. @return how many were new */
    int collect(Map<String, NoteSignature> into, BooleanSupplier enough) {
        int found = 0;
        for (int i = 0; i < offers && !enough.getAsBoolean(); i++) {
            Optional<Line> line = next();
            line.ifPresent(each -> into.put(each.witness(), each.signature()));
            found += line.isPresent() ? 1 : 0;
        }
        return found;
    }

    private Optional<Line> next() {
        try {
            return switch (reports.take()) {
                case Report.Answered(Optional<Line> line) -> line;
                case Report.Threw(RuntimeException thrown) -> throw thrown;
                case Report.Threw(Error thrown) -> throw thrown;
                case Report.Threw(Throwable thrown) -> throw new CompletionException(thrown);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
