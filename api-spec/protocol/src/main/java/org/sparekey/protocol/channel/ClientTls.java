// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS 1.3 with our certificate, trusting the pinned certificates and nobody else. */
final class ClientTls {

    static final String PROTOCOL = "TLSv1.3";

    private ClientTls() {}

    static SSLContext context(ChannelKeys keys) {
        return context(List.of(new OneTlsKey(keys.tls())), keys.gatewayCa());
    }

    /** @param own none for the public listener, which asks for no certificate */
    static SSLContext context(List<? extends KeyManager> own, List<X509Certificate> pinned) {
        try {
            SSLContext context = SSLContext.getInstance(PROTOCOL);
            context.init(own.toArray(KeyManager[]::new), trust(pinned), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS with this key and these pinned certificates", e);
        }
    }

    private static TrustManager[] trust(List<X509Certificate> pinned) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < pinned.size(); i++) {
            store.setCertificateEntry("pinned-" + i, pinned.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }
}
