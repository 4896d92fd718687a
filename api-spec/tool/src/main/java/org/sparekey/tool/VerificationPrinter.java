// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.PrintWriter;
import org.sparekey.protocol.bundle.BundleIndex;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Tick;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.bundle.Wording;
import org.sparekey.protocol.json.Digest;

/** A judgement for people: what was judged under which keys, the numbered checks, the four ticks, the result. */
final class VerificationPrinter {

    private static final String RED = "\u001b[31;1m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final Wording wording;
    private final boolean colour;
    private final boolean brief;

    /**
     * @param colour whether the reader's terminal shows colours
     * @param brief without what each check is for
     */
    VerificationPrinter(PrintWriter out, Wording wording, boolean colour, boolean brief) {
        this.out = out;
        this.wording = wording;
        this.colour = colour;
        this.brief = brief;
    }

    void print(Verification verification) {
        if (verification.demo()) {
            line(true, wording.word("word.demo"));
        }
        line(false, verification.trust().map(this::trust).orElse(wording.word("word.no-trust")));
        verification.trust().ifPresent(digest -> line(false, wording.word("word.compare")));
        verification.index().ifPresent(index -> line(false, subject(index)));
        out.println();
        verification.checks().forEach(this::check);
        out.println();
        out.println(wording.word("word.ticks"));
        for (Tick tick : Tick.values()) {
            Tick.Mark mark = verification.mark(tick);
            line(
                    mark == Tick.Mark.FAILED,
                    "  " + wording.title(tick) + " (" + wording.mark(mark) + "): " + wording.explain(tick, mark));
        }
        out.println();
        line(
                verification.overall() == Verification.NOT_AUTHENTIC,
                fill("word.result", verification.overall(), wording.verdict(verification.verdict())));
    }

    private void check(Check check) {
        boolean red = check.status() == Check.Status.FAIL || check.status() == Check.Status.RED;
        line(
                red,
                String.format(
                        "%2d. [%s] %s: %s",
                        check.number(),
                        wording.status(check.status()),
                        wording.title(check.topic()),
                        wording.finding(check.detail())));
        if (!brief) {
            out.println("    " + wording.meaning(check.topic()));
        }
    }

    private String trust(Digest digest) {
        return fill("word.trust", digest.hex());
    }

    private String subject(BundleIndex index) {
        return fill("word.bundle", index.orderId(), index.gatewayOrigin(), wording.value(index.state()), index.at());
    }

    private String fill(String key, Object... arguments) {
        String words = wording.word(key);
        for (int i = 0; i < arguments.length; i++) {
            words = words.replace("{" + i + "}", arguments[i].toString());
        }
        return words;
    }

    private void line(boolean red, String words) {
        out.println(red && colour ? RED + words + PLAIN : words);
    }
}
