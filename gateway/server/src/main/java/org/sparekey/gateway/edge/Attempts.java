// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Statement;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.MessageSignature;
import org.sparekey.protocol.signature.SignatureFault;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Enters what an enrolled connection tried with keys that are not its own. Only an enrolled key causes entries, and at most
 * ten a minute for each party and reason: the rest are counted in the next entry, so that nobody floods the log.
 */
final class Attempts {

    static final int MAX_PER_MINUTE = 10;
    static final int MAX_TRACKED = 10_000;
    static final String TYPE = "edge.refused";

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Pattern KEY_ID = Pattern.compile(";\\s*keyid=\"([A-Za-z0-9_-]{43})\"");
    private static final String NO_KEY = "none";

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

    Attempts(AuditLog log, TransactionOperations transactions, InstantSource clock) {
        this.log = log;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A message signature that does not hold. */
    void badSignature(EnrolledKey connection, Message.Request message, SignatureFault fault) {
        enter(connection, fault.code(), claimedKey(message));
    }

    /** A good signature of somebody else. */
    void keysDisagree(EnrolledKey connection, Digest messageKey) {
        enter(connection, "keys-disagree", messageKey.base64url());
    }

    /** A token that is bound to another connection. */
    void strangeToken(EnrolledKey connection) {
        enter(connection, "token-of-another", NO_KEY);
    }

    private void enter(EnrolledKey connection, String reason, String claimedKey) {
        Optional<Integer> suppressed = admitted(connection.party() + " " + reason);
        if (suppressed.isEmpty()) {
            return;
        }
        Map<String, String> clear =
                Map.of("reason", reason, "claimedKey", claimedKey, "suppressed", Integer.toString(suppressed.get()));
        Actor actor = new Actor(connection.role().name(), Optional.of(connection.keyId()));
        Statement statement =
                new Statement(LogName.CASE, TYPE, actor, Optional.empty(), Optional.empty(), clear, Wire.write(clear));
        transactions.executeWithoutResult(status -> log.append(statement));
    }

    /** How many were left out since the last entry; empty when this one is left out too. */
    private synchronized Optional<Integer> admitted(String subject) {
        Instant now = clock.instant();
        Window window = windows.getOrDefault(subject, new Window(now, 0, 0));
        if (!now.isBefore(window.start().plus(WINDOW))) {
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

    /** The key that the signature names, when it is the form of a key id: nothing else of the input is entered. */
    private static String claimedKey(Message.Request message) {
        Matcher keyId = KEY_ID.matcher(
                message.headers().value(MessageSignature.INPUT_FIELD).orElse(""));
        return keyId.find() ? keyId.group(1) : NO_KEY;
    }

    private record Window(Instant start, int entered, int suppressed) {}
}
