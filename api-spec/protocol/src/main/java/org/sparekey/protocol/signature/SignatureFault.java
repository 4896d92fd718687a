// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.util.Locale;

/** Why a message signature is refused. The code goes into problems and metrics; no fault quotes the message. */
public enum SignatureFault {
    MISSING("no signature with the tag of this profile"),
    MALFORMED("the signature fields do not parse, or a covered component cannot be derived"),
    AMBIGUOUS("more than one signature with the tag of this profile"),
    COMPONENT_MISSING("a component that must be covered is not"),
    COMPONENT_NOT_ALLOWED("a covered component is not one of this profile"),
    FIELD_REPEATED("a covered field was sent more than once"),
    PARAMETER_MISSING("created, expires, nonce, keyid or tag is absent or of the wrong type"),
    PARAMETER_NOT_ALLOWED("a signature parameter is not one of this profile"),
    ALGORITHM_MISMATCH("the named algorithm is not that of the key"),
    CREATED_TOO_OLD("created is more than 60 seconds ago"),
    CREATED_AHEAD("created is more than 10 seconds ahead"),
    EXPIRED("the signature has expired"),
    LIFE_TOO_LONG("expires is not within 60 seconds after created"),
    NONCE_MALFORMED("the nonce is not 128 bits in base64url without padding"),
    KEY_UNKNOWN("no such key"),
    INVALID("the signature does not verify"),
    CONTENT_ENCODED("Content-Encoding is not accepted on signed content"),
    DIGEST_MISSING("content without a content digest"),
    DIGEST_MALFORMED("the content digest does not parse or is neither sha-256 nor sha-512"),
    DIGEST_MISMATCH("the content is not the one that was digested"),
    UNBOUND("the answer is not bound to the request");

    private final String reason;

    SignatureFault(String reason) {
        this.reason = reason;
    }

    /** Stable, in kebab case. */
    public String code() {
        return "signature-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One sentence for people, without any value of the message. */
    public String reason() {
        return reason;
    }
}
