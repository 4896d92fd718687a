// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Wire;

/** What this room says in the log about keys on their way in. Whom it is about stands in the payload. */
enum EnrolmentEntries {
    INVITED("parties.invited"),
    /** Payload: the claim with its proofs. */
    CLAIMED("parties.claimed"),
    /** A wrong, burnt, expired or used code. */
    CODE_REFUSED("parties.code-refused"),
    /** Payload: what was signed for, with its proofs. */
    SIGNED("parties.signed"),
    /** Witnessed: the time to object runs. */
    WAITING("parties.waiting"),
    STOPPED("parties.stopped"),
    EXPIRED("parties.expired"),
    OVERTAKEN("parties.overtaken"),
    /** Payload: the entry of a party as it is in force from now on. */
    PARTY("parties.party"),
    /** Payload: two officers' import, with its proofs. */
    AUTHORITIES("parties.authorities");

    static final String ENROLMENT = "enrolment";

    private final String type;

    EnrolmentEntries(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    /** In the gateway's own words. */
    Statement of(Actor actor, EnrolmentRow row, Map<String, String> more) {
        Map<String, String> clear = new HashMap<>(more);
        clear.put(ENROLMENT, row.enrolment());
        clear.put("role", row.role().name());
        Map<String, String> payload = new HashMap<>(clear);
        payload.put("party", row.party().value());
        payload.put("person", row.person());
        return statement(actor, clear, Wire.write(payload));
    }

    /** @param payload a document of somebody's, or a party's entry */
    Statement statement(Actor actor, Map<String, String> clear, byte[] payload) {
        return new Statement(LogName.CASE, type, actor, Optional.empty(), Optional.empty(), clear, payload);
    }
}
