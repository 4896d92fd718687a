// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.Opened;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.LineTree;
import org.sparekey.protocol.registration.LineVerdict;

/** Makes a receipt from what is stored, as often as it is asked for. */
final class Receipts {

    private final AuditLog log;

    Receipts(AuditLog log) {
        this.log = log;
    }

    /** Empty once the header's opening is erased: the receipt that was given stays good. */
    Optional<BatchReceipt> of(BatchTable.Batch batch) {
        return log.payload(batch.leafHash()).map(opened -> of(batch, opened));
    }

    private BatchReceipt of(BatchTable.Batch batch, Opened opened) {
        Optional<EntryText> entry = log.entry(batch.leafHash());
        return new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                batch.id(),
                batch.reseller().value(),
                batch.seq(),
                batch.digest(),
                verdicts(batch),
                batch.leafHash(),
                entry.map(text -> text.recorded().index()),
                entry.map(text -> Bytes.of(text.bytes())),
                opened.salt(),
                log.proof(batch.leafHash()).map(proof -> new String(proof.bytes(), StandardCharsets.UTF_8)));
    }

    private static List<LineVerdict> verdicts(BatchTable.Batch batch) {
        LineTree tree = LineTree.of(batch.lineHashes());
        List<LineVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < batch.verdicts().size(); i++) {
            LineVerdict one = batch.verdicts().get(i);
            verdicts.add(new LineVerdict(one.line(), one.accepted(), one.code(), one.pointer(), tree.path(i)));
        }
        return verdicts;
    }
}
