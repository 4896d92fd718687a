// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import java.util.Optional;
import org.sparekey.protocol.json.Digest;

/**
 * An entry's place in its case, taken under the lock of the case's state row.
 *
 * @param caseId the case's pseudonym
 * @param caseSeq from 0
 * @param prev the leaf hash of the case's previous entry; absent for the first only
 */
public record CaseLink(String caseId, long caseSeq, Optional<Digest> prev) {

    public static CaseLink first(String caseId) {
        return new CaseLink(caseId, 0, Optional.empty());
    }

    /** The link of the entry after this one, whose leaf hash is given. */
    public CaseLink next(Digest leafHash) {
        return new CaseLink(caseId, caseSeq + 1, Optional.of(leafHash));
    }
}
