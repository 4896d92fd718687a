// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirroredEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.SignedNote;

/** An entry and a checkpoint as records of Kafka, there and back. */
final class Records {

    private Records() {}

    /** The entry's bytes and nothing that it commits to; the record's time is the broker's. */
    static ProducerRecord<byte[], byte[]> of(MirrorTopics topics, EntryText text) {
        MirroredEntry entry =
                new MirroredEntry(text.recorded().index(), text.recorded().leafHash(), text.bytes());
        Headers headers = new RecordHeaders()
                .add(MirrorTopics.INDEX, entry.indexHeader())
                .add(MirrorTopics.LEAF_HASH, entry.leafHashHeader());
        return new ProducerRecord<>(topics.entries(), 0, null, null, entry.bytes(), headers);
    }

    static ProducerRecord<byte[], byte[]> of(MirrorTopics topics, byte[] note) {
        return new ProducerRecord<>(topics.checkpoints(), 0, null, note);
    }

    static MirroredEntry parse(ConsumerRecord<byte[], byte[]> record) throws MalformedException {
        return MirroredEntry.parse(
                header(record, MirrorTopics.INDEX), header(record, MirrorTopics.LEAF_HASH), record.value());
    }

    static Optional<MirroredEntry> entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(parse(record));
        } catch (MalformedException foreign) {
            return Optional.empty();
        }
    }

    /** The checkpoint if this key signed it. */
    static Optional<Checkpoint> checkpoint(byte @Nullable [] note, NoteKey key) {
        try {
            SignedNote signed = SignedNote.parse(note == null ? new byte[0] : note);
            boolean ours = signed.signers(List.of(key)).contains(key);
            return ours ? Optional.of(Checkpoint.parse(signed.text())) : Optional.empty();
        } catch (MalformedException foreign) {
            return Optional.empty();
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
