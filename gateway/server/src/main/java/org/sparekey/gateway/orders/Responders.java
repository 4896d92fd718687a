// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.sparekey.protocol.party.TrustRoot;

/**
 * Asks a responder (RFC 6960) at its enrolled location about one certificate. An answer with a nonce of another request is an
 * old one; one without a nonce counts as long as it says itself (RFC 5019), which the check of the path judges.
 */
final class Responders {

    static final int MAX_BYTES = 64 << 10;
    static final int NONCE_BYTES = 32;
    private static final int OK = 200;

    private final SecureRandom random;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(RevocationLists.CONNECT_AT_MOST)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Responders(SecureRandom random) {
        this.random = random;
    }

    /** DER OCSP response; empty when none can be had. Whose signature it is and what it says is not judged here. */
    Optional<byte[]> ask(X509Certificate certificate, TrustRoot issuer) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] answer = send(URI.create(issuer.ocsp().orElseThrow()), request(certificate, issuer, nonce));
            return fresh(answer, nonce) ? Optional.of(answer) : Optional.empty();
        } catch (IOException | OCSPException | OperatorCreationException | CertificateEncodingException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static byte[] request(X509Certificate certificate, TrustRoot issuer, byte[] nonce)
            throws OCSPException, OperatorCreationException, CertificateEncodingException, IOException {
        CertificateID id = new CertificateID(
                new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1),
                new JcaX509CertificateHolder(issuer.x509()),
                certificate.getSerialNumber());
        Extension marked =
                new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce).getEncoded());
        return new OCSPReqBuilder()
                .addRequest(id)
                .setRequestExtensions(new Extensions(marked))
                .build()
                .getEncoded();
    }

    private byte[] send(URI location, byte[] request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(
                HttpRequest.newBuilder(location)
                        .timeout(RevocationLists.ANSWER_AT_MOST)
                        .header("Content-Type", "application/ocsp-request")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            byte[] der = in.readNBytes(MAX_BYTES + 1);
            if (response.statusCode() != OK || der.length > MAX_BYTES) {
                throw new IOException("no answer: status " + response.statusCode());
            }
            return der;
        }
    }

    private static boolean fresh(byte[] answer, byte[] nonce) throws IOException, OCSPException {
        if (!(new OCSPResp(answer).getResponseObject() instanceof BasicOCSPResp basic)) {
            return false;
        }
        Extension said = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        return said == null || said.getExtnValue().equals(new DEROctetString(new DEROctetString(nonce).getEncoded()));
    }
}
