// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.FieldFault;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.key.SigningKey;

/**
 * The giver's half of a hand-over: from this instant on this asset is that reseller's. It names the instant, the asset
 * and the receiver, and so serves once.
 *
 * @param giver the party id of the reseller who signs
 * @param receiver the party id of the reseller who may register the asset from then on
 * @param tenancyRef the giver's last, for the receiver to keep where the same customer stays on the same disk
 * @param at the first instant of the receiver
 */
public record HandOverRelease(
        int v, String type, String giver, String receiver, String vpsRef, String tenancyRef, Instant at, Bytes salt) {

    public static final String TYPE = "hand-over-release";

    public HandOverRelease {
        RegistrationLine.checkForm(v, type, TYPE, salt);
        if (giver.equals(receiver)) {
            throw new FieldFault("/receiver", "a hand-over is between two resellers");
        }
    }

    /**
     * Signed by the giver, for the receiver to put into his batch.
     *
     * @param salt 32 random bytes
     */
    public static SignedDocument sign(
            String giver, String receiver, RegistrationRecord last, Instant at, SigningKey key, Bytes salt) {
        HandOverRelease release = new HandOverRelease(
                RegistrationRecord.VERSION, TYPE, giver, receiver, last.vpsRef(), last.tenancyRef(), at, salt);
        return SignedDocument.sign(TYPE, Wire.write(release), key, at);
    }

    /** @throws MalformedException when it is not a release in canonical form */
    public static HandOverRelease read(SignedDocument document) throws MalformedException {
        return document.read(TYPE, HandOverRelease.class);
    }
}
