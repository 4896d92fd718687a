// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.channel;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;
import org.sparekey.protocol.key.SigningKey;

/**
 * The keys of one client and those he pins; no key is printed.
 *
 * @param gatewayMessageKeys public keys under which answers are believed
 */
public record ChannelKeys(
        SigningKey tls,
        SigningKey message,
        Optional<SigningKey> document,
        List<X509Certificate> gatewayCa,
        List<PublicKey> gatewayMessageKeys) {

    public ChannelKeys {
        gatewayCa = List.copyOf(gatewayCa);
        gatewayMessageKeys = List.copyOf(gatewayMessageKeys);
        if (tls.chain().size() < 2) {
            throw new IllegalArgumentException("the TLS key's chain is its certificate and its issuer's");
        }
        if (tls.keyId().equals(message.keyId())) {
            throw new IllegalArgumentException("the TLS key and the message key are two keys");
        }
    }

    Optional<PublicKey> gatewayMessageKey(Digest keyId) {
        return gatewayMessageKeys.stream()
                .filter(key -> KeyId.of(key).equals(keyId))
                .findFirst();
    }
}
