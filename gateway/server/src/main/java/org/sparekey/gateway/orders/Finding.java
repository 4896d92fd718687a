// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.order.Judgement;

/** What the verification of a submission found. */
sealed interface Finding {

    /**
     * The documents are genuine; what the law says to them.
     *
     * @param opinions of EU DSS, one per document
     */
    record Genuine(Judgement judgement, List<DssCheck.Report> opinions) implements Finding {}

    /** The order is not its issuer's. @param code of a {@code DocumentFault} or {@code Refusal} */
    record NotGenuine(String code, List<DssCheck.Report> opinions) implements Finding {}

    /** The order is its issuer's; the authorisation is not the judge's, or is of another order. */
    record NotAuthorised(String code, Optional<String> detail, List<DssCheck.Report> opinions) implements Finding {}

    /** Nothing can be said for now. */
    record RevocationUnknown() implements Finding {}
}
