// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparekey.protocol.bundle.BundleIndex;
import org.sparekey.protocol.bundle.Check;
import org.sparekey.protocol.bundle.Sentence;
import org.sparekey.protocol.bundle.Tick;
import org.sparekey.protocol.bundle.Verification;
import org.sparekey.protocol.bundle.Wording;
import org.sparekey.protocol.json.Digest;

/**
 * What {@code sparekey verify --json} prints (schema {@code api-spec/verification.schema.json}). Codes never change their
 * meaning and new ones may be added; texts are for people, in the language asked for, and may change.
 *
 * @param exit the exit code: 0, 5 or 10
 * @param verdict code of the verdict
 * @param trust SHA-256 of the trust file in hex, where one was given
 */
record VerificationReport(
        int v,
        int exit,
        String verdict,
        String text,
        String lang,
        boolean demo,
        Optional<String> trust,
        Optional<Subject> bundle,
        List<Ticked> ticks,
        List<Checked> checks) {

    static final int VERSION = 1;

    /** What the bundle says it is; believed only when the verdict says so. */
    record Subject(String orderId, String gateway, String state, String at) {
        static Subject of(BundleIndex index) {
            return new Subject(
                    index.orderId().toString(),
                    index.gatewayOrigin(),
                    index.state(),
                    index.at().toString());
        }
    }

    /** @param mark yes, no, undecided or failed */
    record Ticked(String tick, String mark, String text) {}

    /**
     * @param status pass, fail, missing, note or red
     * @param arguments what is filled into the finding's sentence
     */
    record Checked(
            int number,
            String topic,
            String status,
            String finding,
            List<String> arguments,
            String title,
            String text,
            String meaning) {}

    VerificationReport {
        ticks = List.copyOf(ticks);
        checks = List.copyOf(checks);
    }

    static VerificationReport of(Verification verification, Wording wording) {
        return new VerificationReport(
                VERSION,
                verification.overall(),
                verification.verdict().code(),
                wording.verdict(verification.verdict()),
                wording.language().code(),
                verification.demo(),
                verification.trust().map(Digest::hex),
                verification.index().map(Subject::of),
                Arrays.stream(Tick.values())
                        .map(tick -> ticked(tick, verification.mark(tick), wording))
                        .toList(),
                verification.checks().stream()
                        .map(check -> checked(check, wording))
                        .toList());
    }

    private static Ticked ticked(Tick tick, Tick.Mark mark, Wording wording) {
        return new Ticked(tick.code(), mark.code(), wording.explain(tick, mark));
    }

    private static Checked checked(Check check, Wording wording) {
        return new Checked(
                check.number(),
                check.topic().code(),
                check.status().name().toLowerCase(Locale.ROOT),
                check.detail().finding().code(),
                check.detail().arguments().stream()
                        .map(Sentence.Phrase::english)
                        .toList(),
                wording.title(check.topic()),
                wording.finding(check.detail()),
                wording.meaning(check.topic()));
    }
}
