// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparekey.gateway.auditlog.Actor;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.parties.Caller;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.PartyId;
import org.sparekey.gateway.parties.RefusalEntries;
import org.sparekey.gateway.parties.RefusedAttempt;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.signature.Message;
import org.sparekey.protocol.signature.MessageSignature;
import org.sparekey.protocol.signature.SignatureFault;

/**
 * Enters what an enrolled connection tried with keys, messages or tokens that are not good, and what a caller tried that
 * his role may not do. Only an enrolled connection key gets this far: strangers are a metric.
 */
final class Attempts {

    static final String TYPE = "edge.refused";

    private static final Pattern KEY_ID = Pattern.compile(";\\s*keyid=\"([A-Za-z0-9_-]{43})\"");
    private static final String NO_KEY = "none";

    private final RefusalEntries entries;

    Attempts(RefusalEntries entries) {
        this.entries = entries;
    }

    /** A message signature that does not hold. */
    void badSignature(EnrolledKey connection, Message.Request message, SignatureFault fault) {
        enter(connection, fault.code(), claimedKey(message));
    }

    /** A good signature from before this process began: a restored database has forgotten its nonces. */
    void signedBeforeStart(EnrolledKey connection, Digest messageKey) {
        enter(connection, "signed-before-start", messageKey.base64url());
    }

    /** A good signature that was used before. */
    void replayed(EnrolledKey connection, Digest messageKey) {
        enter(connection, "replayed", messageKey.base64url());
    }

    /** A good signature of somebody else. */
    void keysDisagree(EnrolledKey connection, Digest messageKey) {
        enter(connection, "keys-disagree", messageKey.base64url());
    }

    /** A token that is bound to another connection, with a good message signature. */
    void strangeToken(EnrolledKey connection, Digest messageKey) {
        enter(connection, "token-of-another", messageKey.base64url());
    }

    /** No token, an expired one, or none of this gateway's. */
    void badToken(EnrolledKey connection, Digest messageKey, String reason) {
        enter(connection, reason, messageKey.base64url());
    }

    /** Something his role may not do; what it was is in the payload, because a path is the caller's words. */
    void forbidden(Caller caller, Message.Request message) {
        Map<String, String> payload = Map.of("method", message.method(), "target", message.targetUri());
        enter(
                caller.party(),
                new Actor(caller.role().name(), Optional.of(caller.messageKeyId())),
                "forbidden",
                Map.of(),
                Wire.write(payload));
    }

    private void enter(EnrolledKey connection, String reason, String claimedKey) {
        Map<String, String> clear = Map.of("claimedKey", claimedKey);
        enter(
                connection.party(),
                new Actor(connection.role().name(), Optional.of(connection.keyId())),
                reason,
                clear,
                Wire.write(Map.of("reason", reason, "claimedKey", claimedKey)));
    }

    private void enter(PartyId party, Actor actor, String reason, Map<String, String> clear, byte[] payload) {
        entries.enter(new RefusedAttempt(LogName.CASE, TYPE, party, actor, reason, clear, payload));
    }

    /** The key that the signature names, when it is the form of a key id: nothing else of the input is entered. */
    private static String claimedKey(Message.Request message) {
        Matcher keyId = KEY_ID.matcher(
                message.headers().value(MessageSignature.INPUT_FIELD).orElse(""));
        return keyId.find() ? keyId.group(1) : NO_KEY;
    }
}
