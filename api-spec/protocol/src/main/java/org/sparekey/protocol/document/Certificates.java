// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** What can be said of certificates without a clock. */
public final class Certificates {

    private Certificates() {}

    /** By name and by signature. */
    public static boolean issued(X509Certificate issuer, X509Certificate subject) {
        if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** Signed by itself: where a path ends. */
    public static boolean root(X509Certificate authority) {
        return issued(authority, authority);
    }

    /** Whether a certificate leads over these authorities to a root among them, whatever the time and whoever is revoked. */
    public static boolean leads(X509Certificate certificate, Collection<X509Certificate> authorities) {
        X509Certificate last = certificate;
        for (int i = 0; i <= authorities.size(); i++) {
            X509Certificate below = last;
            List<X509Certificate> above = authorities.stream()
                    .filter(authority -> issued(authority, below))
                    .toList();
            if (above.isEmpty()) {
                return false;
            }
            if (above.stream().anyMatch(Certificates::root)) {
                return true;
            }
            last = above.get(0);
        }
        return false;
    }
}
