// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.testkit.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.ContentSigner;
import org.jspecify.annotations.Nullable;

/** An authority of certificates that answers for itself (RFC 6960 section 2.6), with the nonce of the request. */
final class Responder {

    private final X500Principal name;
    private final ContentSigner signer;

    Responder(X500Principal name, ContentSigner signer) {
        this.name = name;
        this.signer = signer;
    }

    byte[] answer(byte[] request, Instant issued, Function<BigInteger, @Nullable CertificateStatus> status) {
        try {
            OCSPReq asked = new OCSPReq(request);
            BasicOCSPRespBuilder builder =
                    new BasicOCSPRespBuilder(new RespID(X500Name.getInstance(name.getEncoded())));
            for (Req one : asked.getRequestList()) {
                builder.addResponse(
                        one.getCertID(),
                        status.apply(one.getCertID().getSerialNumber()),
                        Date.from(issued),
                        Date.from(issued.plus(TestCa.ANSWER_VALIDITY)),
                        null);
            }
            Extension nonce = asked.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
            if (nonce != null) {
                builder.setResponseExtensions(new Extensions(nonce));
            }
            OCSPResp response = new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(signer, new X509CertificateHolder[0], Date.from(issued)));
            return response.getEncoded();
        } catch (IOException | OCSPException e) {
            throw new IllegalStateException("an answer in memory", e);
        }
    }
}
