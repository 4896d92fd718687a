// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.registration;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.Bytes;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.log.LogEntry;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.TreeHash;

/**
 * Whether a receipt proves that the gateway logged exactly this batch with exactly these verdicts. Needs the batch, the
 * receipt and the log's key, which the reseller has pinned: no network and no trust in the gateway.
 */
public final class ReceiptCheck {

    /** The type of the log entry of a batch. */
    public static final String ENTRY_TYPE = "registration.batch";

    /** The name in the entry's {@code clear} that holds {@link #verdictsDigest}. */
    public static final String CLEAR_VERDICTS = "verdicts";

    private ReceiptCheck() {}

    /** What came out. */
    public enum Outcome {
        /** In the log under a checkpoint signed by the pinned key. */
        PROVEN,
        /** All fits, but the receipt holds no proof yet: fetch it again. */
        PENDING,
        OTHER_BATCH,
        OTHER_ENTRY,
        COMMITMENT_DOES_NOT_OPEN,
        VERDICTS_DIFFER,
        PATH_DOES_NOT_HOLD,
        NOT_IN_THE_LOG
    }

    public static Outcome check(BatchReceipt receipt, RegistrationBatch batch, NoteKey log) {
        try {
            BatchHeader header = batch.header().read(BatchHeader.TYPE, BatchHeader.class);
            if (!ofBatch(receipt, batch, header)) {
                return Outcome.OTHER_BATCH;
            }
            if (!pathsHold(receipt, batch, header)) {
                return Outcome.PATH_DOES_NOT_HOLD;
            }
            Optional<Bytes> entry = receipt.entry();
            return entry.isEmpty()
                    ? Outcome.PENDING
                    : checkEntry(receipt, entry.get().array(), batch, log);
        } catch (MalformedException notAHeader) {
            return Outcome.OTHER_BATCH;
        }
    }

    private static Outcome checkEntry(BatchReceipt receipt, byte[] bytes, RegistrationBatch batch, NoteKey log) {
        LogEntry entry;
        try {
            entry = LogEntry.parse(bytes);
        } catch (MalformedException notAnEntry) {
            return Outcome.OTHER_ENTRY;
        }
        if (!TreeHash.leaf(bytes).equals(receipt.leafHash()) || !ofLog(entry, log)) {
            return Outcome.OTHER_ENTRY;
        }
        if (!entry.payload().opens(receipt.opening(), payload(batch))) {
            return Outcome.COMMITMENT_DOES_NOT_OPEN;
        }
        String verdicts = verdictsDigest(receipt.verdicts()).base64url();
        return verdicts.equals(entry.clear().get(CLEAR_VERDICTS)) ? inLog(receipt, log) : Outcome.VERDICTS_DIFFER;
    }

    /**
     * SHA-256 over the JCS bytes of the verdicts without their paths: stands in the log entry, so that what was accepted
     * cannot be denied later.
     */
    public static Digest verdictsDigest(List<LineVerdict> verdicts) {
        return Digest.sha256(
                Wire.write(verdicts.stream().map(LineVerdict::withoutPath).toList()));
    }

    private static boolean ofBatch(BatchReceipt receipt, RegistrationBatch batch, BatchHeader header) {
        return receipt.batchDigest().equals(batch.digest())
                && receipt.reseller().equals(header.reseller())
                && receipt.seq() == header.seq()
                && receipt.verdicts().size() == header.count()
                && batch.lines().size() == header.count();
    }

    private static boolean ofLog(LogEntry entry, NoteKey log) {
        return entry.origin().equals(log.name()) && entry.type().equals(ENTRY_TYPE);
    }

    /** What the entry commits to: the reseller's own signed document, which the gateway cannot invent. */
    private static byte[] payload(RegistrationBatch batch) {
        return batch.header().compact().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean pathsHold(BatchReceipt receipt, RegistrationBatch batch, BatchHeader header) {
        for (int i = 0; i < header.count(); i++) {
            LineVerdict verdict = receipt.verdicts().get(i);
            Bytes line = batch.lines().get(i);
            boolean holds = verdict.line() == BatchLine.FIRST + i
                    && new InclusionProof(i, header.count(), verdict.path())
                            .proves(TreeHash.leaf(line.array()), header.root());
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static Outcome inLog(BatchReceipt receipt, NoteKey log) {
        Optional<String> text = receipt.proof();
        if (text.isEmpty()) {
            return Outcome.PENDING;
        }
        LogProof proof;
        try {
            proof = LogProof.parse(text.get().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedException notAProof) {
            return Outcome.NOT_IN_THE_LOG;
        }
        boolean sameIndex =
                receipt.index().map(index -> index == proof.inclusion().index()).orElse(false);
        return sameIndex && proof.proven(receipt.leafHash(), log).isPresent() ? Outcome.PROVEN : Outcome.NOT_IN_THE_LOG;
    }
}
