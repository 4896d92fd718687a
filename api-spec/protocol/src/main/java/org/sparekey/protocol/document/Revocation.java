// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.document;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether one certificate was revoked at a time, as its issuer says in the lists (RFC 5280) and responder's answers (RFC
 * 6960) that are given. One source that says revoked is believed. A list is always needed; an answer about this certificate
 * that does not hold (too old, of another, "unknown") is no reason to look elsewhere. Nothing is fetched here.
 */
final class Revocation {

    enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }

    private Revocation() {}

    static Status of(X509Certificate certificate, X509Certificate issuer, DocumentCheck.Trust trust, Instant at) {
        List<byte[]> answers = trust.answers().stream()
                .filter(answer -> OcspAnswer.isAbout(answer, certificate, issuer))
                .toList();
        List<Status> said = answers.stream()
                .map(answer -> asked(certificate, issuer, trust, Map.of(certificate, answer), at))
                .toList();
        Status listed = asked(certificate, issuer, trust, Map.of(), at);
        if (listed == Status.REVOKED || said.contains(Status.REVOKED)) {
            return Status.REVOKED;
        }
        return listed == Status.UNKNOWN || said.contains(Status.UNKNOWN) ? Status.UNKNOWN : Status.GOOD;
    }

    /** By one answer alone. */
    static Status answered(byte[] answer, X509Certificate certificate, X509Certificate issuer, Instant at) {
        return asked(
                certificate, issuer, new DocumentCheck.Trust(List.of(), List.of()), Map.of(certificate, answer), at);
    }

    /** The certificate alone, below its issuer: the rest of its path is judged elsewhere. */
    private static Status asked(
            X509Certificate certificate,
            X509Certificate issuer,
            DocumentCheck.Trust trust,
            Map<X509Certificate, byte[]> answers,
            Instant at) {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            parameters.setDate(Date.from(at));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(trust.crls())));
            // A checker of our own follows the list's location inside the certificate; the JDK's without one does not.
            if (!answers.isEmpty()) {
                PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
                checker.setOptions(EnumSet.of(Option.NO_FALLBACK));
                checker.setOcspResponses(answers);
                parameters.addCertPathChecker(checker);
            }
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return Status.GOOD;
        } catch (CertPathValidatorException e) {
            return e.getReason() == BasicReason.REVOKED ? Status.REVOKED : Status.UNKNOWN;
        } catch (GeneralSecurityException e) {
            return Status.UNKNOWN;
        }
    }
}
