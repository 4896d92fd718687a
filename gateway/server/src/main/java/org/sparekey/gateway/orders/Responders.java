// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import org.sparekey.protocol.document.OcspAnswer;
import org.sparekey.protocol.party.TrustRoot;

/**
 * Asks a responder (RFC 6960) at its enrolled location about one certificate. What does not answer the question is no answer:
 * whoever sits between must not be able to end it with a word about something else, or with an old one.
 */
final class Responders {

    static final int MAX_BYTES = 64 << 10;
    static final int NONCE_BYTES = 32;

    /** Of an answer without our nonce (RFC 5019), by its thisUpdate: as long as somebody could replay an old "good". */
    static final Duration OLD_AT_MOST = Duration.ofMinutes(5);

    private final SecureRandom random;
    private final InstantSource clock;
    private final Exchanges exchanges;

    Responders(SecureRandom random, InstantSource clock, Exchanges exchanges) {
        this.random = random;
        this.clock = clock;
        this.exchanges = exchanges;
    }

    /** DER OCSP response that says "good" or "revoked", fresh and properly signed; empty when none can be had. */
    Optional<byte[]> ask(X509Certificate certificate, TrustRoot issuer) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] answer = send(URI.create(issuer.ocsp().orElseThrow()), request(certificate, issuer, nonce));
            Instant now = clock.instant();
            return OcspAnswer.settles(answer, certificate, issuer.x509(), now)
                            && (marked(answer, nonce) || young(answer, certificate, issuer, now))
                    ? Optional.of(answer)
                    : Optional.empty();
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
        return exchanges.send(
                HttpRequest.newBuilder(location)
                        .header("Content-Type", "application/ocsp-request")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                MAX_BYTES);
    }

    private static Optional<Extension> nonce(byte[] answer) throws IOException, OCSPException {
        return new OCSPResp(answer).getResponseObject() instanceof BasicOCSPResp basic
                ? Optional.ofNullable(basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))
                : Optional.empty();
    }

    private static boolean marked(byte[] answer, byte[] nonce) throws IOException, OCSPException {
        DEROctetString ours = new DEROctetString(new DEROctetString(nonce).getEncoded());
        return nonce(answer).filter(said -> said.getExtnValue().equals(ours)).isPresent();
    }

    private static boolean young(byte[] answer, X509Certificate certificate, TrustRoot issuer, Instant now)
            throws IOException, OCSPException {
        return nonce(answer).isEmpty()
                && OcspAnswer.thisUpdate(answer, certificate, issuer.x509())
                        .filter(said -> !said.isBefore(now.minus(OLD_AT_MOST)))
                        .isPresent();
    }
}
