// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparekey.protocol.structured.BareItem;
import org.sparekey.protocol.structured.Item;
import org.sparekey.protocol.structured.Parameters;

/** What a Sparekey signature covers and how long it lives: FAPI 2.0 HTTP Signatures, with a nonce and an expiry. */
public final class SignatureProfile {

    public static final String REQUEST_TAG = "fapi-2-request";
    public static final String RESPONSE_TAG = "fapi-2-response";

    /** How long ago a request may have been created; FAPI 2.0 HTTP Signatures recommends a minute. */
    public static final Duration MAX_AGE = Duration.ofSeconds(60);

    /** How far ahead of ours the sender's clock may be; FAPI 2.0 wants 10 seconds accepted. */
    public static final Duration MAX_AHEAD = Duration.ofSeconds(10);

    /** From created to expires. */
    public static final Duration MAX_LIFE = Duration.ofSeconds(60);

    public static final int NONCE_BYTES = 16;

    /** The label our own signers use; verifiers go by the tag. */
    public static final String LABEL = "sparekey";

    public static final String API_VERSION = "api-version";

    static final List<String> REQUEST_DERIVED = List.of("@method", "@target-uri");

    /** Each covered when it is sent. */
    static final List<String> REQUEST_FIELDS = List.of(
            "authorization",
            "content-type",
            ContentDigest.FIELD,
            "idempotency-key",
            "if-match",
            "dpop",
            "range",
            "if-range");

    static final Set<String> METHODS_WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

    static final List<String> RESPONSE_FIELDS = List.of(ContentDigest.FIELD, "content-type", API_VERSION);

    /** Of an evidence volume: a content digest would mean to hash the range before its first byte is sent. */
    static final List<String> VOLUME_FIELDS =
            List.of(ContentDigest.REPRESENTATION_FIELD, "content-range", "content-length", "etag");

    static final Parameters OF_REQUEST = Parameters.NONE.with("req", BareItem.Flag.TRUE);

    private SignatureProfile() {}

    /** The value of Accept-Signature on a 401 (RFC 9421 section 5.1). */
    public static String acceptSignature() {
        String covered = Stream.concat(REQUEST_DERIVED.stream(), REQUEST_FIELDS.stream())
                .map(name -> Item.text(name).write())
                .collect(Collectors.joining(" ", "(", ")"));
        return LABEL + "=" + covered + ";created;expires;nonce;keyid;tag=\"" + REQUEST_TAG + "\"";
    }
}
