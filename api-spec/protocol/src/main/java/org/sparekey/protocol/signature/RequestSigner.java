// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.InnerList;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

/** Signs requests with one message key; every call takes a fresh nonce, so a retry is signed again. */
public final class RequestSigner {

    private final SigningKey key;
    private final InstantSource clock;
    private final SecureRandom random;

    public RequestSigner(SigningKey key, InstantSource clock, SecureRandom random) {
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The request with Signature-Input and Signature. Every other header must be there already.
     *
     * @throws IllegalArgumentException for a POST, PUT or PATCH without a content digest
     */
    public Message.Request sign(Message.Request request) {
        if (SignatureProfile.METHODS_WITH_CONTENT.contains(request.method())
                && !request.headers().has(ContentDigest.FIELD)) {
            throw new IllegalArgumentException("a " + request.method() + " carries a content digest");
        }
        List<Item> components = new ArrayList<>();
        SignatureProfile.REQUEST_DERIVED.forEach(name -> components.add(Item.text(name)));
        SignatureProfile.REQUEST_FIELDS.stream()
                .filter(request.headers()::has)
                .forEach(name -> components.add(Item.text(name)));
        MessageSignature signature = Signing.sign(key, new InnerList(components, parameters()), request);
        return request.with(MessageSignature.INPUT_FIELD, signature.inputField())
                .with(MessageSignature.FIELD, signature.signatureField());
    }

    private Parameters parameters() {
        byte[] nonce = new byte[SignatureProfile.NONCE_BYTES];
        random.nextBytes(nonce);
        long created = clock.instant().getEpochSecond();
        return Parameters.NONE
                .with("created", new BareItem.Whole(created))
                .with("expires", new BareItem.Whole(created + SignatureProfile.MAX_LIFE.toSeconds()))
                .with("nonce", new BareItem.Text(Bytes.of(nonce).base64url()))
                .with("keyid", new BareItem.Text(key.keyId().base64url()))
                .with("tag", new BareItem.Text(SignatureProfile.REQUEST_TAG));
    }
}
