// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteText;
import org.sparekey.protocol.tree.VerifierKey;

/**
 * An Ed25519 key that cosigns checkpoints (C2SP tlog-cosignature, type 0x04), by name. The signed message does not name
 * the witness, so one public key must never serve two witnesses; keys on which verifiers disagree are refused here.
 *
 * @param publicKey 32 bytes, RFC 8032
 */
public record WitnessKey(String name, Bytes publicKey) {

    /** @throws IllegalArgumentException when the name has a space, a control or a plus, or the key must not be trusted */
    public WitnessKey {
        NoteText.requireName(name);
        if (publicKey.length() != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(publicKey.array(), 0)) {
            throw new IllegalArgumentException("not a canonical Ed25519 public key of full order");
        }
    }

    /** The first four bytes of SHA-256(name || 0x0A || 0x04 || public key), in hex. */
    public String keyId() {
        return verifierKey().keyId();
    }

    /** The text form {@code name+keyid+base64(0x04 || public key)}. */
    public String vkey() {
        return verifierKey().vkey();
    }

    public VerifierKey verifierKey() {
        return new VerifierKey(name, VerifierKey.ED25519_COSIGNATURE, publicKey);
    }

    /** Reads the text form; a log's key (type 0x01) is no witness's, and ML-DSA-44 (0x06) cannot be checked yet. */
    public static WitnessKey parse(String vkey) throws MalformedException {
        VerifierKey key = VerifierKey.parse(vkey);
        if (key.type() != VerifierKey.ED25519_COSIGNATURE) {
            throw new MalformedException("", "not an Ed25519 cosignature key");
        }
        try {
            return new WitnessKey(key.name(), key.publicKey());
        } catch (IllegalArgumentException untrustworthy) {
            throw new MalformedException("", "not a canonical Ed25519 public key of full order", untrustworthy);
        }
    }
}
