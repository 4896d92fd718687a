// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.net.URI;
import java.security.cert.X509Certificate;
import org.sparekey.protocol.json.Bytes;

/**
 * A root that an authority's document certificates chain to.
 *
 * @param certificate DER
 * @param crl where its revocation list is read; never taken from a certificate that arrives in a message
 */
public record TrustRoot(Bytes certificate, String crl) {

    public TrustRoot {
        if (Certificates.parse(certificate).getBasicConstraints() < 0) {
            throw new IllegalArgumentException("a trust root is the certificate of a CA");
        }
        String scheme = URI.create(crl).getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme) && !"file".equals(scheme)) {
            throw new IllegalArgumentException("a revocation list has an http, https or file location");
        }
    }

    public static TrustRoot of(X509Certificate root, URI crl) {
        return new TrustRoot(Certificates.bytes(root), crl.toString());
    }

    public X509Certificate x509() {
        return Certificates.parse(certificate);
    }
}
