// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.evidence.GuestLinks;
import org.sparekey.protocol.evidence.LinkRecord;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.key.SigningKey;

/** The gateway's own hand takes the sample's guest off the net, and gives it back. */
final class SampleLinks implements BiConsumer<SampleLog, SignedDocument> {

    private static final GuestLinks UP = links(true);
    private static final GuestLinks DOWN = links(false);

    /** What is changed of the records before they are signed. */
    UnaryOperator<LinkRecord> cut = UnaryOperator.identity();

    UnaryOperator<LinkRecord> given = UnaryOperator.identity();
    SigningKey signer;
    boolean givenBack;
    String attempt = "1";
    boolean announced = true;

    /** What is entered between the announcement and the act, and instead of the act's own record. */
    Consumer<SampleLog> beforeCut = log -> {};

    Consumer<SampleLog> beforeGiven = log -> {};
    Optional<byte[]> insteadOfGiven = Optional.empty();

    SampleLinks(SampleCase sample) {
        signer = sample.statementKey;
    }

    static GuestLinks links(boolean up) {
        return new GuestLinks(
                GuestLinks.Reach.LINK,
                List.of(new GuestLinks.Link("52:54:00:00:00:01", Optional.of(up), Optional.of(up))));
    }

    @Override
    public void accept(SampleLog log, SignedDocument order) {
        Digest intent = announced
                ? log.append(
                        CaseEntry.EXECUTING,
                        SampleCase.at(18),
                        SampleCase.ascii("{}"),
                        Map.of(CaseEntry.ATTEMPT, attempt))
                : Digest.sha256(new byte[0]);
        LinkRecord said = new LinkRecord(
                LinkRecord.VERSION,
                LinkRecord.TYPE,
                LinkRecord.Act.ISOLATED,
                order.digest(),
                1,
                SampleRecords.asset(),
                intent,
                UP,
                DOWN,
                3,
                true,
                SampleCase.at(19),
                SampleCase.salt(13));
        beforeCut.accept(log);
        log.append(CaseEntry.ISOLATED, SampleCase.at(20), signed(cut.apply(said)), Map.of(CaseEntry.ATTEMPT, attempt));
        if (givenBack) {
            log.append("order.restoring", SampleCase.at(21), SampleCase.ascii("{}"));
            Digest undoing = log.append("order.undoing", SampleCase.at(22), SampleCase.ascii("{}"));
            beforeGiven.accept(log);
            byte[] record = signed(given.apply(restored(said, undoing)));
            log.append("order.restored", SampleCase.at(24), insteadOfGiven.orElse(record));
        }
    }

    private static LinkRecord restored(LinkRecord cut, Digest undoing) {
        return new LinkRecord(
                cut.v(),
                cut.type(),
                LinkRecord.Act.RESTORED,
                cut.orderDigest(),
                cut.attempt(),
                cut.asset(),
                undoing,
                cut.before(),
                UP,
                3,
                true,
                SampleCase.at(23),
                SampleCase.salt(14));
    }

    private byte[] signed(LinkRecord record) {
        byte[] compact = SampleCase.sign(LinkRecord.TYPE, record, signer, SampleCase.at(20));
        return new String(compact, StandardCharsets.US_ASCII).getBytes(StandardCharsets.US_ASCII);
    }
}
