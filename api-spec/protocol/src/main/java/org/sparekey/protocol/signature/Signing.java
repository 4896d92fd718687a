// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.signature;

import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.key.SigningKey;
import org.sparekey.protocol.structured.InnerList;

/** Signs what our own signers put together. */
final class Signing {

    private Signing() {}

    static MessageSignature sign(SigningKey key, InnerList covered, Message message) {
        try {
            byte[] signature = key.signHttp(SignatureBase.of(covered, message));
            return new MessageSignature(SignatureProfile.LABEL, covered, Bytes.of(signature));
        } catch (MalformedException e) {
            throw new IllegalArgumentException("not signable: " + e.pointer() + " " + e.reason(), e);
        }
    }
}
