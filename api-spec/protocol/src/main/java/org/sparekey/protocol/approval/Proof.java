// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.approval;

import java.util.Optional;
import org.sparekey.protocol.json.Bytes;

/**
 * How the officer signed. {@code jws}: a detached JWS over the domain string and the statement bytes. {@code webauthn}: an
 * assertion whose challenge is their SHA-256 (W3C Web Authentication, section 7.2); its fields are reserved until the
 * console exists.
 *
 * @param type jws or webauthn
 * @param protectedHeader base64url of a {@code DocumentHeader}, for jws
 */
public record Proof(
        String type,

        @com.fasterxml.jackson.annotation.JsonProperty("protected")
        Optional<String> protectedHeader,

        Optional<Bytes> credentialId,
        Optional<Bytes> authenticatorData,
        Optional<Bytes> clientDataJSON,
        Bytes signature) {

    public static final String JWS = "jws";
    public static final String WEBAUTHN = "webauthn";

    public Proof {
        boolean jws = type.equals(JWS)
                && protectedHeader.isPresent()
                && credentialId.isEmpty()
                && authenticatorData.isEmpty()
                && clientDataJSON.isEmpty();
        boolean webauthn = type.equals(WEBAUTHN)
                && protectedHeader.isEmpty()
                && credentialId.isPresent()
                && authenticatorData.isPresent()
                && clientDataJSON.isPresent();
        if (!jws && !webauthn) {
            throw new IllegalArgumentException("a proof is jws or webauthn, with the fields of its type only");
        }
    }
}
