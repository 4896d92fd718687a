// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.json.Bytes;

/**
 * An authority of certificates that an authority's document certificates chain to: a root, or one between a root and a
 * person, which is asked for revocation as a person is.
 *
 * @param certificate DER
 * @param crl where its revocation list is read; never taken from a certificate that arrives in a message
 * @param ocsp where its responder is asked (RFC 6960) beside that; one that is named here has to answer
 */
public record TrustRoot(Bytes certificate, String crl, Optional<String> ocsp) {

    public TrustRoot {
        if (Certificates.parse(certificate).getBasicConstraints() < 0) {
            throw new IllegalArgumentException("a trust root is the certificate of a CA");
        }
        String scheme = URI.create(crl).getScheme();
        if (!web(scheme) && !"file".equals(scheme)) {
            throw new IllegalArgumentException("a revocation list has an http, https or file location");
        }
        if (ocsp.filter(at -> !web(URI.create(at).getScheme())).isPresent()) {
            throw new IllegalArgumentException("a responder has an http or https location");
        }
    }

    public static TrustRoot of(X509Certificate root, URI crl) {
        return new TrustRoot(Certificates.bytes(root), crl.toString(), Optional.empty());
    }

    public static TrustRoot of(X509Certificate root, URI crl, URI ocsp) {
        return new TrustRoot(Certificates.bytes(root), crl.toString(), Optional.of(ocsp.toString()));
    }

    private static boolean web(@Nullable String scheme) {
        return "http".equals(scheme) || "https".equals(scheme);
    }

    public X509Certificate x509() {
        return Certificates.parse(certificate);
    }
}
