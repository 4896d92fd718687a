// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.token;

import jakarta.servlet.ServletRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.sparekey.gateway.parties.EnrolledKey;
import org.sparekey.gateway.parties.Parties;
import org.sparekey.protocol.key.KeyId;

/**
 * The two ends of a mutual TLS connection: the certificate presented and the enrolled key it carries. Taken from the TLS
 * engine alone; headers that claim a certificate mean nothing here.
 */
public record Connection(X509Certificate certificate, EnrolledKey key) {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Empty without a certificate, and when its key is not enrolled or not in force at this moment. */
    public static Optional<Connection> of(ServletRequest request, Parties parties) {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain) || chain.length == 0) {
            return Optional.empty();
        }
        return parties.tlsKey(KeyId.of(chain[0].getPublicKey())).map(key -> new Connection(chain[0], key));
    }

    /** The name under which this connection asks for tokens: the id of its key. */
    public String clientId() {
        return key.keyId().base64url();
    }
}
