// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.order;

import java.util.Optional;

/**
 * How it was known that an order was its issuer's, and its authorisation the judge's: printed wherever something rests on
 * the order (8-orders). What came on paper and was not called back yet has no assurance, and nothing rests on it.
 *
 * @param authenticity {@link #SIGNED} or {@link #PAPER_CALLED_BACK}
 * @param validatorEvidence {@link #SIGNED_DOC} or {@link #REFERENCE_CONFIRMED_BY_CALLBACK}; absent where the order names no
 *     authorisation
 */
public record Assurance(String authenticity, Optional<String> validatorEvidence) {

    public static final String SIGNED = OrderStatus.SIGNED;
    public static final String PAPER_CALLED_BACK = OrderStatus.PAPER_CALLED_BACK;
    public static final String SIGNED_DOC = "SIGNED_DOC";
    public static final String REFERENCE_CONFIRMED_BY_CALLBACK = "REFERENCE_CONFIRMED_BY_CALLBACK";

    public Assurance {
        if (!authenticity.equals(SIGNED) && !authenticity.equals(PAPER_CALLED_BACK)) {
            throw new IllegalArgumentException("an order is signed, or came on paper and was called back");
        }
        if (validatorEvidence
                .filter(word -> !word.equals(SIGNED_DOC) && !word.equals(REFERENCE_CONFIRMED_BY_CALLBACK))
                .isPresent()) {
            throw new IllegalArgumentException("an authorisation is signed, or its reference was confirmed");
        }
    }

    /**
     * @param paper an officer entered it
     * @param document the judge's own signed document was there
     * @param named the order names an authorisation
     */
    public static Assurance of(boolean paper, boolean document, boolean named) {
        Optional<String> evidence = document
                ? Optional.of(SIGNED_DOC)
                : Optional.of(REFERENCE_CONFIRMED_BY_CALLBACK).filter(confirmed -> paper && named);
        return new Assurance(paper ? PAPER_CALLED_BACK : SIGNED, evidence);
    }
}
