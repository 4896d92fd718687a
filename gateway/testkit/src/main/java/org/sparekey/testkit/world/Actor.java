// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.world;

import java.util.List;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.KeyUse;

/**
 * A person of the invented world with his three keys.
 *
 * @param party id of his party in the list
 * @param person his number within it
 */
public record Actor(String party, String person, SigningKey tls, SigningKey message, SigningKey document) {

    List<KeyEnrolment> enrolments() {
        return List.of(
                KeyEnrolment.of(KeyUse.TLS, tls.certificate()),
                KeyEnrolment.of(KeyUse.MESSAGE, message.certificate()),
                KeyEnrolment.of(KeyUse.DOCUMENT, document.certificate()));
    }

    /** The same person speaking over another connection key: what a thief of the other two would do. */
    public Actor withTls(SigningKey other) {
        return new Actor(party, person, other, message, document);
    }

    public Actor withMessage(SigningKey other) {
        return new Actor(party, person, tls, other, document);
    }

    public Actor withDocument(SigningKey other) {
        return new Actor(party, person, tls, message, other);
    }
}
