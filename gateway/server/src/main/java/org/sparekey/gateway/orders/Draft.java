// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.order.Judgement;
import org.sparekey.protocol.order.Refusal;

/**
 * A judged submission.
 *
 * @param authentic whether the order was proven its issuer's
 */
record Draft(
        String authority,
        Submission submission,
        RevocationEvidence evidence,
        List<DssCheck.Report> opinions,
        boolean authentic,
        Optional<Judgement> judgement,
        Entrance entrance) {

    /** The same, and it goes no further. */
    Draft refused(Refusal refusal) {
        return entering(new Entrance.Refused(refusal.code(), Optional.empty()));
    }

    Draft entering(Entrance other) {
        return new Draft(authority, submission, evidence, opinions, authentic, judgement, other);
    }
}
