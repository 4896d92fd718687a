// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.ExternalResourcesOCSPSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.sparekey.protocol.document.Certificates;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;

/**
 * The second opinion on a signed document: the European Commission's own validator (EU DSS) must say TOTAL_PASSED too;
 * INDETERMINATE is a refusal. It sees the enrolled authorities of certificates and what was said about revocation, and has no
 * source that could reach the network: nothing inside a document can make it fetch.
 */
final class DssCheck {

    /**
     * @param digest SHA-256 of the detailed report's XML
     * @param finding DSS's indication and sub-indication, such as {@code TOTAL_PASSED}
     * @param level what DSS takes the signature for, such as {@code JAdES-BASELINE-B}
     */
    record Report(boolean passed, String finding, String level, byte[] xml, Digest digest) {

        Report otherwise(String finding) {
            return new Report(false, finding, level, xml, digest);
        }
    }

    /**
     * DSS holds every JWS against one shared schema validator, which keeps its place in fields of its own: two documents at
     * once would make it lose that place and throw. Everything else that is asked of a document runs in parallel.
     */
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /**
     * @param authorities of certificates, as the signer's authority enrolled them
     * @param at as of when
     */
    Report check(SignedDocument document, List<X509Certificate> authorities, RevocationEvidence evidence, Instant at) {
        SignedDocumentValidator validator = validator(document);
        validator.setCertificateVerifier(verifier(authorities, evidence));
        validator.setValidationTime(Date.from(at));
        Report report = report(document.pdf().isEmpty() ? alone(validator) : validator.validateDocument());
        boolean same =
                document.pdf().isEmpty() || PdfReading.holds(document.pdf().get(), document.payload());
        return same ? report : report.otherwise("PDF_READ_OTHERWISE");
    }

    private static Reports alone(SignedDocumentValidator validator) {
        ONE_AT_A_TIME.lock();
        try {
            return validator.validateDocument();
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static SignedDocumentValidator validator(SignedDocument document) {
        return document.pdf()
                .<SignedDocumentValidator>map(UnpaddedPdf::validator)
                .orElseGet(() -> SignedDocumentValidator.fromDocument(
                        new InMemoryDocument(document.compact().getBytes(StandardCharsets.US_ASCII))));
    }

    private static CommonCertificateVerifier verifier(List<X509Certificate> authorities, RevocationEvidence evidence) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        CommonCertificateSource between = new CommonCertificateSource();
        authorities.forEach(authority ->
                (Certificates.root(authority) ? trusted : between).addCertificate(new CertificateToken(authority)));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(trusted);
        verifier.setAdjunctCertSources(between);
        verifier.setCrlSource(new ExternalResourcesCRLSource(streams(evidence.lists())));
        verifier.setOcspSource(new ExternalResourcesOCSPSource(streams(evidence.answers())));
        return verifier;
    }

    private static InputStream[] streams(List<byte[]> contents) {
        return contents.stream().map(ByteArrayInputStream::new).toArray(InputStream[]::new);
    }

    private static Report report(Reports reports) {
        SimpleReport simple = reports.getSimpleReport();
        boolean one = simple.getSignaturesCount() == 1;
        String id = simple.getFirstSignatureId();
        Indication indication = one ? simple.getIndication(id) : Indication.NO_SIGNATURE_FOUND;
        String finding = String.valueOf(indication)
                + (one && simple.getSubIndication(id) != null ? "/" + simple.getSubIndication(id) : "");
        byte[] xml = reports.getXmlDetailedReport().getBytes(StandardCharsets.UTF_8);
        String level = one ? String.valueOf(simple.getSignatureFormat(id)) : "none";
        return new Report(indication == Indication.TOTAL_PASSED, finding, level, xml, Digest.sha256(xml));
    }
}
