// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.time.InstantSource;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Parameters;

/** Signs the answers of a gateway, problems included. */
public final class ResponseSigner {

    private final SigningKey key;
    private final InstantSource clock;

    public ResponseSigner(SigningKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The answer to a request whose signature verified: bound to that very signature. */
    public Message.Response signBound(Message.Response response) {
        return sign(response, true);
    }

    /** The answer to a request that was not verified: its signature is not vouched for, so only an error may come so. */
    public Message.Response signUnbound(Message.Response response) {
        return sign(response, false);
    }

    /** Every header must be there already, also Content-Digest or (for a volume) Repr-Digest and its company. */
    private Message.Response sign(Message.Response response, boolean bound) {
        if (!response.headers().has(SignatureProfile.API_VERSION)) {
            throw new IllegalArgumentException("every answer names its API version");
        }
        Parameters parameters = Parameters.NONE
                .with("created", new BareItem.Whole(clock.instant().getEpochSecond()))
                .with("keyid", new BareItem.Text(key.keyId().base64url()))
                .with("tag", new BareItem.Text(SignatureProfile.RESPONSE_TAG));
        InnerList covered = new InnerList(ResponseCoverage.required(response, bound), parameters);
        MessageSignature signature = Signing.sign(key, covered, response);
        return response.with(MessageSignature.INPUT_FIELD, signature.inputField())
                .with(MessageSignature.FIELD, signature.signatureField());
    }
}
