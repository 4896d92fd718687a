// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.party;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyAlgorithm;
import org.sparekey.protocol.key.KeyId;

/**
 * One key of one holder. What is enrolled is the key (its SPKI), not the name in the certificate.
 *
 * @param certificate DER; for TLS and MESSAGE it only carries the key, for DOCUMENT its path is checked too
 * @param until at most a year after {@code from}, and both within the certificate's own validity
 */
public record KeyEnrolment(KeyUse use, Bytes certificate, Instant from, Instant until) {

    public static final Duration MAX_VALIDITY = Duration.ofDays(366);

    public KeyEnrolment {
        X509Certificate x509 = Certificates.parse(certificate);
        KeyAlgorithm.of(x509.getPublicKey());
        if (!from.isBefore(until) || Duration.between(from, until).compareTo(MAX_VALIDITY) > 0) {
            throw new IllegalArgumentException("a key is enrolled for at most a year");
        }
        if (from.isBefore(x509.getNotBefore().toInstant())
                || until.isAfter(x509.getNotAfter().toInstant())) {
            throw new IllegalArgumentException("a key is enrolled within its certificate's validity");
        }
    }

    /** Enrols the key for as long as its certificate is valid. */
    public static KeyEnrolment of(KeyUse use, X509Certificate certificate) {
        return new KeyEnrolment(
                use,
                Certificates.bytes(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    public X509Certificate x509() {
        return Certificates.parse(certificate);
    }

    public Digest keyId() {
        return KeyId.of(x509().getPublicKey());
    }
}
