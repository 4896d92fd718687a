// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;

/**
 * Lets an enrolled connection key shake hands and nobody else. What a certificate says about its holder or its issuer
 * decides nothing: the key is enrolled or it is not. (A resumed session does not come here: the door asks again on
 * every request.)
 */
final class EnrolledTrust extends X509ExtendedTrustManager {

    /** Answers for the key id of the leaf's key, and counts what it refuses. */
    interface Enrolled {
        boolean accepts(Digest keyId);
    }

    private final Enrolled enrolled;

    EnrolledTrust(Enrolled enrolled) {
        this.enrolled = enrolled;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain == null || chain.length == 0 || !enrolled.accepts(KeyId.of(chain[0].getPublicKey()))) {
            throw new CertificateException("not an enrolled key");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side is the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** None named: path hints are ignored, and the list of our parties is nobody's business before the handshake. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
