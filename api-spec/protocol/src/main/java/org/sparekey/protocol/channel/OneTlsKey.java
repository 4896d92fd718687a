// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.key.SigningKey;

/**
 * Presents the one key we have, whatever issuers the server lists: a gateway enrols keys, not issuers, and the JDK's own
 * manager would stay silent. The whole chain is sent.
 */
final class OneTlsKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "tls";

    private final SigningKey key;

    OneTlsKey(SigningKey key) {
        this.key = key;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        boolean ours = Arrays.asList(keyTypes).contains(key.publicKey().getAlgorithm());
        return ours ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chooseClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[0];
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return key.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key.privateKeyForTls();
    }
}
