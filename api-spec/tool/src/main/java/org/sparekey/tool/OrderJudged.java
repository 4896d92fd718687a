// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.MatrixRow;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.Refusal;
import org.sparekey.protocol.order.Verdict;

/**
 * What the matrix makes of an order, as a person or a program reads it.
 *
 * @param order the issuer's own id
 * @param row absent where there is no such basis
 * @param verdicts by category: ALLOW, DENY(code) or NEEDS(field)
 * @param written the file, where one was written
 */
record OrderJudged(
        UUID order,
        String kind,
        String matrix,
        Optional<String> row,
        Optional<String> article,
        Map<String, String> verdicts,
        Optional<Denied> denied,
        Optional<String> written) {

    /** @param english and dutch: the ground in plain words */
    record Denied(String code, String english, String dutch) {}

    static OrderJudged of(OrderDocument order, Judgement judgement, Optional<String> written) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        judgement.verdicts().forEach((category, verdict) -> verdicts.put(category.name(), verdict.toString()));
        return new OrderJudged(
                order.id(),
                order.kind().name(),
                judgement.version(),
                judgement.row().map(MatrixRow::id),
                judgement.row().map(MatrixRow::article),
                verdicts,
                refusal(judgement.overall()).map(why -> new Denied(why.code(), why.english(), why.dutch())),
                written);
    }

    /** Whatever the matrix says: the authorisation is no authorisation of this order. */
    OrderJudged denied(Refusal why) {
        Map<String, String> denied = new LinkedHashMap<>();
        verdicts.keySet().forEach(category -> denied.put(category, new Verdict.Deny(why).toString()));
        return new OrderJudged(
                order,
                kind,
                matrix,
                row,
                article,
                denied,
                Optional.of(new Denied(why.code(), why.english(), why.dutch())),
                written);
    }

    static Optional<Refusal> refusal(Verdict verdict) {
        return verdict.match(Optional::empty, Optional::of, needed -> Optional.empty());
    }

    String words() {
        StringBuilder words = new StringBuilder("matrix: nl-eu " + matrix
                + row.map(id -> ", row " + id + ", " + article.orElse("")).orElse(", no such row"));
        verdicts.forEach((category, verdict) ->
                words.append('\n').append(category).append(": ").append(verdict));
        denied.ifPresent(
                why -> words.append("\n  ").append(why.english()).append("\n  ").append(why.dutch()));
        return words.toString();
    }
}
