// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

/** Judges the message signature of a request. It keeps nothing: replay is for the receiver's store to refuse. */
public final class RequestVerifier {

    private static final Set<String> PARAMETERS = Set.of("created", "expires", "nonce", "keyid", "alg", "tag");
    private static final List<Item> ALLOWED = Stream.concat(
                    SignatureProfile.REQUEST_DERIVED.stream(), SignatureProfile.REQUEST_FIELDS.stream())
            .map(Item::text)
            .toList();

    private final InstantSource clock;
    private final Function<Digest, Optional<PublicKey>> keys;

    /** @param keys the message keys in force now, by key id */
    public RequestVerifier(InstantSource clock, Function<Digest, Optional<PublicKey>> keys) {
        this.clock = clock;
        this.keys = keys;
    }

    /**
     * Cheap rules first, the signature next, the digest of the content last.
     *
     * @param request with the target URI rebuilt from the configured public origin
     * @param body measured over the raw bytes as they came in
     */
    public RequestVerdict verify(Message.Request request, MeasuredBody body) {
        try {
            return verified(request, body);
        } catch (FaultException e) {
            return new RequestVerdict.Refused(e.fault());
        }
    }

    private RequestVerdict verified(Message.Request request, MeasuredBody body) throws FaultException {
        MessageSignature signature = SignatureCheck.only(request.headers(), SignatureProfile.REQUEST_TAG);
        InnerList covered = signature.covered();
        SignatureCheck.parameters(covered.parameters(), PARAMETERS);
        SignatureCheck.once(request.headers(), SignatureProfile.REQUEST_FIELDS);
        boolean hasContent = SignatureProfile.METHODS_WITH_CONTENT.contains(request.method());
        FaultException.unless(!hasContent || request.headers().has(ContentDigest.FIELD), SignatureFault.DIGEST_MISSING);
        SignatureCheck.covers(covered.items(), required(request), ALLOWED);
        RequestVerdict.Verified verdict = claims(covered.parameters());
        window(verdict);
        SignatureCheck.verify(signature, request, keys);
        SignatureCheck.content(request.headers(), body);
        return verdict;
    }

    private static List<Item> required(Message.Request request) {
        return Stream.concat(
                        SignatureProfile.REQUEST_DERIVED.stream(),
                        SignatureProfile.REQUEST_FIELDS.stream().filter(request.headers()::has))
                .map(Item::text)
                .toList();
    }

    private static RequestVerdict.Verified claims(Parameters parameters) throws FaultException {
        Instant created = Instant.ofEpochSecond(SignatureCheck.present(parameters.whole("created")));
        Instant expires = Instant.ofEpochSecond(SignatureCheck.present(parameters.whole("expires")));
        Bytes nonce = nonce(SignatureCheck.present(parameters.text("nonce")));
        return new RequestVerdict.Verified(SignatureCheck.keyId(parameters), nonce, created, expires);
    }

    /** One spelling only: two spellings of one nonce would be two rows in the receiver's store. */
    private static Bytes nonce(String text) throws FaultException {
        try {
            Bytes nonce = Bytes.parse(text);
            FaultException.unless(nonce.length() == SignatureProfile.NONCE_BYTES, SignatureFault.NONCE_MALFORMED);
            return nonce;
        } catch (IllegalArgumentException e) {
            throw new FaultException(SignatureFault.NONCE_MALFORMED);
        }
    }

    /** Both edges belong to the window: 60 seconds ago and 10 seconds ahead are accepted. */
    private void window(RequestVerdict.Verified claims) throws FaultException {
        Instant now = clock.instant();
        Instant created = claims.created();
        Instant expires = claims.expires();
        FaultException.unless(!created.isBefore(now.minus(SignatureProfile.MAX_AGE)), SignatureFault.CREATED_TOO_OLD);
        FaultException.unless(!created.isAfter(now.plus(SignatureProfile.MAX_AHEAD)), SignatureFault.CREATED_AHEAD);
        FaultException.unless(
                expires.isAfter(created) && !expires.isAfter(created.plus(SignatureProfile.MAX_LIFE)),
                SignatureFault.LIFE_TOO_LONG);
        FaultException.unless(!expires.isBefore(now), SignatureFault.EXPIRED);
    }
}
