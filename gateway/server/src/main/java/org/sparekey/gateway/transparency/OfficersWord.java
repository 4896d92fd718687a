// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.transparency;

import java.time.Instant;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.joint.JointCheck;
import org.sparekey.protocol.joint.JointStatement;
import org.sparekey.protocol.joint.OfficersStatement;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** What two enrolled officers said together, with both their proofs; made only by checking them. */
record OfficersWord<T extends OfficersStatement>(JointStatement joint, T said) {

    /** @throws ProblemException malformed, or not said by two enrolled officers */
    static <T extends OfficersStatement> OfficersWord<T> read(
            byte[] body, Class<T> type, Parties parties, Instant now) {
        try {
            JointStatement joint = JointStatement.parse(body);
            T said = joint.read(type);
            return JointCheck.check(
                            joint, said, key -> parties.anyDocumentKey(key).map(EnrolledKey::signer), now)
                    .match(_ -> new OfficersWord<>(joint, said), fault -> {
                        throw new ProblemException(Problem.DOCUMENT_REFUSED, fault.code() + ": " + fault.english());
                    });
        } catch (MalformedException e) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, (e.pointer() + " " + e.reason()).strip(), e);
        }
    }
}
