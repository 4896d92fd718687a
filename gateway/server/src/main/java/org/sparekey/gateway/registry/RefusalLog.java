// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.problem.Problem;

/** Enters refused batches: what a reseller tried can be shown to him. */
final class RefusalLog {

    static final String TYPE = "registration.refused";

    private final RefusalEntries entries;

    RefusalLog(RefusalEntries entries) {
        this.entries = entries;
    }

    /** @param header the signed header as far as there was one: the payload, and the key it claims */
    void enter(Caller caller, Problem problem, Optional<SignedDocument> header) {
        Map<String, String> clear = new HashMap<>();
        header.ifPresent(document ->
                clear.put("claimedKey", KeyId.of(document.leaf().getPublicKey()).base64url()));
        byte[] payload = header.map(Registrar::compact).orElse(new byte[0]);
        Actor actor = new Actor("RESELLER", Optional.of(caller.messageKeyId()));
        entries.enter(
                new RefusedAttempt(LogName.REGISTRY, TYPE, caller.party(), actor, problem.slug(), clear, payload));
    }
}
