// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;

/**
 * An Ed25519 key that signs notes (C2SP signed-note, type 0x01), by name. Keys of low order and keys that are not the
 * canonical spelling of a point are refused here: on those, verifiers disagree.
 *
 * @param publicKey 32 bytes, RFC 8032
 */
public record NoteKey(String name, Bytes publicKey) {

    /** @throws IllegalArgumentException when the name has a space, a control or a plus, or the key must not be trusted */
    public NoteKey {
        NoteText.requireName(name);
        if (publicKey.length() != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(publicKey.array(), 0)) {
            throw new IllegalArgumentException("not a canonical Ed25519 public key of full order");
        }
    }

    /** The first four bytes of SHA-256(name || 0x0A || 0x01 || public key), in hex. */
    public String keyId() {
        return verifierKey().keyId();
    }

    /** The text form {@code name+keyid+base64(0x01 || public key)}. */
    public String vkey() {
        return verifierKey().vkey();
    }

    public VerifierKey verifierKey() {
        return new VerifierKey(name, VerifierKey.ED25519, publicKey);
    }

    /** Reads the text form; a key id that does not belong to the key is refused. */
    public static NoteKey parse(String vkey) throws MalformedException {
        VerifierKey key = VerifierKey.parse(vkey);
        if (key.type() != VerifierKey.ED25519) {
            throw new MalformedException("", "not an Ed25519 verifier key");
        }
        try {
            return new NoteKey(key.name(), key.publicKey());
        } catch (IllegalArgumentException untrustworthy) {
            throw new MalformedException("", "not a canonical Ed25519 public key of full order", untrustworthy);
        }
    }

    boolean verifies(String text, byte[] signature) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey.array(), 0));
        verifier.update(message, 0, message.length);
        return signature.length == Ed25519.SIGNATURE_SIZE && verifier.verifySignature(signature);
    }
}
