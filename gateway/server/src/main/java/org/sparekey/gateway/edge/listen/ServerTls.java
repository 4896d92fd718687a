// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge.listen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.sparekey.protocol.key.SigningKey;

/** Hands Tomcat a finished TLS context, so that trust is ours and not a key store's. */
final class ServerTls implements org.apache.tomcat.util.net.SSLContext {

    private static final String ALIAS = "tls";

    private final SSLContext context;
    private final X509Certificate[] chain;

    private ServerTls(SSLContext context, X509Certificate[] chain) {
        this.context = context;
        this.chain = chain;
    }

    static ServerTls of(SigningKey key, TrustManager trust, SecureRandom random) {
        try {
            char[] inMemoryOnly = new char[0];
            X509Certificate[] chain = key.chain().toArray(X509Certificate[]::new);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, inMemoryOnly);
            store.setKeyEntry(ALIAS, key.privateKeyForTls(), inMemoryOnly, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, inMemoryOnly);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {trust}, random);
            return new ServerTls(context, chain);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The TLS key of the gateway cannot be used.", e);
        }
    }

    /** Nothing to do: it came initialised. */
    @Override
    public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw new IllegalStateException("this TLS context is initialised already");
    }

    @Override
    public void destroy() {
        // holds nothing that must be given back
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return context.createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.clone();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
