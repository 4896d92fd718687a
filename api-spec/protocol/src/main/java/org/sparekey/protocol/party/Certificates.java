// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.sparekey.protocol.json.Bytes;

/** Certificates as DER byte strings. */
final class Certificates {

    private Certificates() {}

    /** @throws IllegalArgumentException when the bytes are not exactly one DER certificate */
    static X509Certificate parse(Bytes der) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.array()));
            if (!Arrays.equals(certificate.getEncoded(), der.array())) {
                throw new IllegalArgumentException("not exactly one certificate in DER");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a certificate in DER", e);
        }
    }

    static Bytes bytes(X509Certificate certificate) {
        try {
            return Bytes.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }
}
