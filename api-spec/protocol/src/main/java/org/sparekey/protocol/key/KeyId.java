// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.key;

import java.security.PublicKey;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.Domain;

/** The name of a key: a digest over its SubjectPublicKeyInfo, so that a key has one name whatever certificate it sits in. */
public final class KeyId {

    private KeyId() {}

    /** SHA-256(domain key-id || DER SubjectPublicKeyInfo). */
    public static Digest of(PublicKey key) {
        return Digest.of(Domain.KEY_ID, key.getEncoded());
    }
}
