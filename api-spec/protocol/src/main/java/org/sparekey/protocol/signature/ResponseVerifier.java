// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;

/**
 * Judges the message signature of an answer. It has no clock: a bound answer covers the signature of the request with its
 * nonce, so it cannot be an older one, and a client whose clock is wrong must still be able to read the problem that says so.
 */
public final class ResponseVerifier {

    private static final Set<String> PARAMETERS = Set.of("created", "keyid", "alg", "tag");
    private static final int FIRST_ERROR = 400;
    private static final int PARTIAL_CONTENT = 206;

    private final Function<Digest, Optional<PublicKey>> keys;

    /** @param keys the gateway's pinned message keys, by key id */
    public ResponseVerifier(Function<Digest, Optional<PublicKey>> keys) {
        this.keys = keys;
    }

    /** Judges an answer whose content is here. A volume's content is not judged: see {@link ResponseVerdict.Bound}. */
    public ResponseVerdict verify(Message.Response response, MeasuredBody body) {
        try {
            ResponseVerdict verdict = head(response);
            if (!ResponseCoverage.isVolume(response)) {
                SignatureCheck.content(response.headers(), body);
            }
            return verdict;
        } catch (FaultException e) {
            return new ResponseVerdict.Refused(e.fault());
        }
    }

    /** Judges status and headers of a volume, before its content is read; anything but a volume is refused. */
    public ResponseVerdict verifyVolume(Message.Response response) {
        try {
            FaultException.unless(ResponseCoverage.isVolume(response), SignatureFault.COMPONENT_MISSING);
            return head(response);
        } catch (FaultException e) {
            return new ResponseVerdict.Refused(e.fault());
        }
    }

    private ResponseVerdict head(Message.Response response) throws FaultException {
        MessageSignature signature = SignatureCheck.only(response.headers(), SignatureProfile.RESPONSE_TAG);
        InnerList covered = signature.covered();
        SignatureCheck.parameters(covered.parameters(), PARAMETERS);
        SignatureCheck.present(covered.parameters().whole("created"));
        boolean bound = covered.items().stream().anyMatch(ResponseCoverage.REQUEST_SIGNATURE::contains);
        sent(response);
        List<Item> required = ResponseCoverage.required(response, bound);
        SignatureCheck.covers(covered.items(), required, required);
        SignatureCheck.verify(signature, response, keys);
        FaultException.unless(bound || response.status() >= FIRST_ERROR, SignatureFault.UNBOUND);
        Digest keyId = SignatureCheck.keyId(covered.parameters());
        return bound
                ? new ResponseVerdict.Bound(keyId, ResponseCoverage.isVolume(response))
                : new ResponseVerdict.Unbound(keyId);
    }

    /** What must be sent is sent, and sent once: an answer may not shed a header to escape the rule that covers it. */
    private static void sent(Message.Response response) throws FaultException {
        Fields headers = response.headers();
        SignatureCheck.once(
                headers,
                Stream.concat(SignatureProfile.RESPONSE_FIELDS.stream(), SignatureProfile.VOLUME_FIELDS.stream())
                        .toList());
        FaultException.unless(headers.has(SignatureProfile.API_VERSION), SignatureFault.COMPONENT_MISSING);
        if (ResponseCoverage.isVolume(response)) {
            boolean complete = headers.has("etag")
                    && headers.has("content-length")
                    && (response.status() != PARTIAL_CONTENT || headers.has("content-range"));
            FaultException.unless(complete, SignatureFault.COMPONENT_MISSING);
        }
    }
}
