// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.problem.Problem;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Enters refused batches: what a reseller tried can be shown to him. At most ten a minute for each party and reason; the
 * rest are counted in the next entry (5-auditlog, Entries).
 */
final class RefusalLog {

    static final String TYPE = "registration.refused";
    static final int MAX_PER_MINUTE = 10;
    static final int MAX_TRACKED = 10_000;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final AuditLog log;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MAX_TRACKED;
        }
    };

    RefusalLog(AuditLog log, TransactionOperations transactions, InstantSource clock) {
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Window(Instant start, int entered, int suppressed) {}

    /** @param header the signed header as far as there was one: the payload, and the key it claims */
    void enter(Caller caller, Problem problem, Optional<SignedDocument> header) {
        Optional<Integer> suppressed = admitted(caller.party() + " " + problem);
        if (suppressed.isEmpty()) {
            return;
        }
        Map<String, String> clear = new HashMap<>();
        clear.put("problem", problem.slug());
        clear.put("suppressed", Integer.toString(suppressed.get()));
        header.ifPresent(document ->
                clear.put("claimedKey", KeyId.of(document.leaf().getPublicKey()).base64url()));
        byte[] payload = header.map(Registrar::compact).orElse(new byte[0]);
        Actor actor = new Actor("RESELLER", Optional.of(caller.messageKeyId()));
        transactions.executeWithoutResult(status -> log.append(
                new Statement(LogName.REGISTRY, TYPE, actor, Optional.empty(), Optional.empty(), clear, payload)));
    }

    /** How many were left out since the last entry; empty when this one is left out too. */
    private synchronized Optional<Integer> admitted(String subject) {
        Instant now = clock.instant();
        Window window = windows.getOrDefault(subject, new Window(now, 0, 0));
        if (now.isBefore(window.start()) || !now.isBefore(window.start().plus(WINDOW))) {
            window = new Window(now, 0, window.suppressed());
        }
        boolean admitted = window.entered() < MAX_PER_MINUTE;
        windows.put(
                subject,
                admitted
                        ? new Window(window.start(), window.entered() + 1, 0)
                        : new Window(window.start(), window.entered(), window.suppressed() + 1));
        return admitted ? Optional.of(window.suppressed()) : Optional.empty();
    }
}
