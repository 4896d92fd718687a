// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.parties;

import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.party.KeyEnrolment;
import org.sparekey.protocol.party.PartyList;

/**
 * The entries of this room. Key id, role, use and status stand in the clear (they are no personal data), so that the
 * status of every key at every instant can be rebuilt from the log alone; who holds it stands in the payload.
 */
final class KeyEntries {

    static final String TYPE = "parties.key";
    static final String KEY = "key";
    static final String STATUS = "status";
    static final String ENROLLED = "enrolled";
    static final String REVOKED = "revoked";

    private KeyEntries() {}

    static Map<String, String> summary(PartyList list) {
        return Map.of(
                "officers", Integer.toString(list.officers().size()),
                "authorities", Integer.toString(list.authorities().size()),
                "resellers", Integer.toString(list.resellers().size()));
    }

    static Statement enrolled(Actor actor, PartyId party, String person, Role role, KeyEnrolment key) {
        Map<String, String> clear = Map.of(
                KEY,
                key.keyId().base64url(),
                STATUS,
                ENROLLED,
                "role",
                role.name(),
                "use",
                key.use().name(),
                "from",
                Wire.text(key.from()),
                "until",
                Wire.text(key.until()));
        return statement(actor, clear, party, person);
    }

    static Statement revoked(Actor actor, EnrolledKey key) {
        Map<String, String> clear = Map.of(
                KEY,
                key.keyId().base64url(),
                STATUS,
                REVOKED,
                "role",
                key.role().name(),
                "use",
                key.use().name());
        return statement(actor, clear, key.party(), key.person());
    }

    /** The key that an entry of this room says is revoked. */
    static Optional<Digest> revoked(String type, Map<String, String> clear) {
        return type.equals(TYPE) && REVOKED.equals(clear.get(STATUS))
                ? Optional.ofNullable(clear.get(KEY)).map(Digest::parse)
                : Optional.empty();
    }

    private static Statement statement(Actor actor, Map<String, String> clear, PartyId party, String person) {
        byte[] payload = Wire.write(new Holder(party.value(), person, clear));
        return new Statement(LogName.CASE, TYPE, actor, Optional.empty(), Optional.empty(), clear, payload);
    }

    private record Holder(String party, String person, Map<String, String> key) {}
}
