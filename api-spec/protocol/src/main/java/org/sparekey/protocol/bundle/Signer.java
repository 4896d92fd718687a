// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import static org.sparekey.protocol.bundle.Findings.require;

import java.util.Collection;
import org.sparekey.protocol.bundle.Findings.ForgedException;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.KeyId;

/** Whether a document was signed by a key that the trust file names; the enclosed certificate only carries the key. */
final class Signer {

    private Signer() {}

    /**
     * @param otherwise said with the id of the key that did sign
     * @return the id of the key that signed
     */
    static Digest trusted(SignedDocument document, Collection<Digest> trusted, Finding otherwise)
            throws ForgedException {
        Digest keyId = KeyId.of(document.leaf().getPublicKey());
        require(trusted.contains(keyId), otherwise, keyId);
        require(document.verifiedBy(document.leaf().getPublicKey()), Finding.SIGNATURE_BROKEN);
        return keyId;
    }
}
