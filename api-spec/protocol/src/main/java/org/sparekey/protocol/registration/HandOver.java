// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.MalformedException;

/**
 * An asset goes from one reseller to another. Both sign: the giver the release, the receiver the batch that holds it. The
 * vpsRef stays, so that the asset can be followed across the change.
 *
 * @param record the asset as the receiver has it from then on
 * @param release compact JWS over a {@link HandOverRelease}, by a document key of the giver
 */
public record HandOver(int v, String type, RegistrationRecord record, String release, Bytes salt)
        implements RegistrationLine {

    public static final String TYPE = "hand-over";

    public HandOver {
        RegistrationLine.checkForm(v, type, TYPE, salt);
    }

    /** @param salt 32 random bytes */
    public static HandOver of(RegistrationRecord record, SignedDocument release, Bytes salt) {
        return new HandOver(RegistrationRecord.VERSION, TYPE, record, release.compact(), salt);
    }

    /** The giver's document; its signature is still to be checked under a key that the giver enrolled. */
    public SignedDocument document() throws MalformedException {
        return SignedDocument.parse(release);
    }

    @Override
    public List<RegistrationRecord> records() {
        return List.of(record);
    }

    @Override
    public List<String> pointers() {
        return List.of("/record");
    }

    @Override
    public Instant validFrom() {
        return record.validFrom();
    }

    @Override
    public <T> T match(
            Function<RegistrationRecord, T> record, Function<AddressMove, T> move, Function<HandOver, T> handOver) {
        return handOver.apply(this);
    }
}
