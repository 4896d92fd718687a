// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.sparekey.protocol.json.Bytes;

/** The private half of a {@link NoteKey}; it never prints itself. Ed25519 is deterministic: signing twice gives one signature. */
public final class NoteSigner {

    private final Ed25519PrivateKeyParameters privateKey;
    private final NoteKey key;

    /** @param seed the 32-byte private key of RFC 8032 */
    public NoteSigner(String name, byte[] seed) {
        this.privateKey = new Ed25519PrivateKeyParameters(seed, 0);
        this.key = new NoteKey(name, Bytes.of(privateKey.generatePublicKey().getEncoded()));
    }

    public NoteKey key() {
        return key;
    }

    /** @param text ends in a newline */
    public NoteSignature sign(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, privateKey);
        signer.update(message, 0, message.length);
        return NoteSignature.by(key, signer.generateSignature());
    }

    @Override
    public String toString() {
        return "NoteSigner[" + key.name() + "+" + key.keyId() + "]";
    }
}
