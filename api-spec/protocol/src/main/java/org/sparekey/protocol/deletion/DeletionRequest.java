// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.deletion;

import java.time.Instant;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.FieldFault;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/**
 * What a terminate hook says: this machine is terminated. Signed by the reseller whose it is, or by the hoster's panel.
 *
 * @param party who says so: a reseller's id, or the hoster's
 * @param terminatedAt when it was terminated; the grace counts from when the gateway was told, never from here
 */
public record DeletionRequest(int v, String type, String party, DeletedAsset asset, Instant terminatedAt, Bytes salt) {

    public static final String TYPE = "deletion-request";
    public static final int VERSION = 1;
    public static final int SALT_BYTES = 32;

    /** The type of the entry of {@code registry} whose payload this document is. */
    public static final String ENTRY_TYPE = "deletion.requested";

    public DeletionRequest {
        if (v != VERSION || !type.equals(TYPE)) {
            throw new FieldFault("/type", "not a deletion request of version 1");
        }
        if (salt.length() != SALT_BYTES) {
            throw new FieldFault("/salt", "a salt has 32 bytes");
        }
        if (party.isBlank() || party.length() > DeletedAsset.MAX_CHARS) {
            throw new FieldFault("/party", "1 to " + DeletedAsset.MAX_CHARS + " characters");
        }
    }

    /** @param salt 32 random bytes */
    public static SignedDocument sign(
            String party, DeletedAsset asset, Instant terminatedAt, SigningKey key, Instant at, Bytes salt) {
        DeletionRequest request = new DeletionRequest(VERSION, TYPE, party, asset, terminatedAt, salt);
        return SignedDocument.sign(TYPE, Wire.write(request), key, at);
    }

    /** @throws MalformedException when it is no request in canonical form */
    public static DeletionRequest read(SignedDocument document) throws MalformedException {
        return document.read(TYPE, DeletionRequest.class);
    }
}
