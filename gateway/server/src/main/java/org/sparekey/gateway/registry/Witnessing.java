// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.Optional;
import org.sparekey.protocol.registration.RegistrationRecord;

/** Whether something that the hoster saw or did himself covers the whole window: a registration alone is a claim. */
final class Witnessing {

    private Witnessing() {}

    static boolean covers(Question question, RegistrationRecord record, LocateFacts facts) {
        return facts.observed().stream()
                        .filter(seen -> seen.covers(question.first(), question.last()))
                        .filter(seen -> Matching.bears(record, seen))
                        .anyMatch(seen ->
                                !(question.wanted() instanceof Wanted.Address wanted) || seen.has(wanted.address()))
                || planned(question, record, facts);
    }

    /** 9-formats: the hoster's imported address plan is an address observation. */
    private static boolean planned(Question question, RegistrationRecord record, LocateFacts facts) {
        return question.wanted() instanceof Wanted.Address
                && facts.planned().stream()
                        .filter(plan -> plan.covers(question.first(), question.last()))
                        .anyMatch(plan -> plan.cluster().equals(record.cluster())
                                && record.vmId().equals(Optional.of(plan.vmId())));
    }
}
