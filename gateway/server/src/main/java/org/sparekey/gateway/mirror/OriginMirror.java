// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.EntryText;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.PublishedShard;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.mirror.MirrorTopics;
import org.sparekey.protocol.mirror.MirroredEntry;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteKey;

/** Sends one shard's published entries, and its checkpoint once all that it covers are acknowledged. */
final class OriginMirror implements AutoCloseable {

    /** A full bundle: at most 1 MiB, usually a tenth of it. */
    static final int MAX_BATCH = 256;

    /** How often a level mirror looks into Kafka all the same. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(OriginMirror.class);

    private final PublishedShard shard;
    private final AuditLog log;
    private final Outlet kafka;
    private final NoteKey key;
    private final MirrorTopics topics;
    private final TopicPartition entries;
    private final TopicPartition checkpoints;
    private volatile MirrorFacts facts;
    private @Nullable Line line;
    private Tails.Tail tail = new Tails.Tail(0, -1, 0);
    private long checkpointed;

    OriginMirror(LogName name, PublishedShard shard, AuditLog log, Outlet kafka) {
        this.shard = shard;
        this.log = log;
        this.kafka = kafka;
        this.key = key(shard.vkey());
        this.topics = MirrorTopics.of(shard.origin());
        this.entries = new TopicPartition(topics.entries(), 0);
        this.checkpoints = new TopicPartition(topics.checkpoints(), 0);
        this.facts = MirrorFacts.starting(name, shard.origin());
    }

    MirrorFacts facts() {
        return facts;
    }

    /** Sends one batch, or the checkpoint. @return whether there was something to send, and it was sent */
    boolean step() {
        if (isLevel()) {
            return false;
        }
        if (!kafka.lease().take(shard.origin())) {
            hangUp();
            facts = facts.standby();
            return false;
        }
        try {
            return send(open());
        } catch (Topics.MisconfiguredException e) {
            giveUp(MirrorFacts.State.MISCONFIGURED, e);
        } catch (KafkaException e) {
            giveUp(MirrorFacts.State.AWAY, e);
        }
        return false;
    }

    /** Nothing new is published, and Kafka was asked a moment ago. */
    private boolean isLevel() {
        boolean recently = facts.lastSuccess()
                .filter(at -> kafka.clock().instant().isBefore(at.plus(LOOK_AGAIN)))
                .isPresent();
        return recently && line != null && facts.behind() == 0 && published() == checkpointed;
    }

    private long published() {
        return shard.checkpoint()
                .flatMap(bytes -> Records.checkpoint(bytes, key))
                .map(Checkpoint::size)
                .orElse(0L);
    }

    private long behind() {
        return Math.max(0, published() - tail.next());
    }

    private boolean send(Line open) {
        // The checkpoint is read first: what it covers is published, so one look at the entries finds all of it.
        Optional<byte[]> note = shard.checkpoint();
        long published = note.flatMap(bytes -> Records.checkpoint(bytes, key))
                .map(Checkpoint::size)
                .orElse(0L);
        findTail(open);
        boolean sent = tail.next() < published && sendEntries(open);
        if (tail.next() >= published && published > checkpointed) {
            // A crash here leaves entries that no checkpoint covers: the next start sends it.
            kafka.failpoint().reached("mirror.entries-acknowledged");
            open.send(List.of(Records.of(topics, note.orElseThrow())));
            checkpointed = published;
            sent = true;
        }
        facts = facts.following(behind(), kafka.clock().instant());
        return sent;
    }

    /** Asked before every batch: another replica, a stranger, or brokers that lost what they had acknowledged. */
    private void findTail(Line open) {
        if (open.end(entries) != tail.end()) {
            Tails.Tail before = tail;
            tail = new Tails(open).entries(entries, this::isPublished);
            checkpointed = new Tails(open).checkpoint(checkpoints, key);
            long fresh = Math.min(tail.strangers(), tail.end() - Math.max(0, before.end()));
            facts = facts.withStrangers((int) Math.max(0, fresh));
        }
    }

    private boolean isPublished(MirroredEntry entry) {
        List<EntryText> here = log.from(shard.origin(), entry.index(), 1);
        return !here.isEmpty()
                && here.getFirst().recorded().index() == entry.index()
                && here.getFirst().recorded().leafHash().equals(entry.leafHash());
    }

    private boolean sendEntries(Line open) {
        List<EntryText> batch = log.from(shard.origin(), tail.next(), MAX_BATCH);
        if (batch.isEmpty()) {
            return false;
        }
        kafka.failpoint().reached("mirror.entries-read");
        long end =
                open.send(batch.stream().map(entry -> Records.of(topics, entry)).toList());
        // A crash here leaves entries in the topic that nobody counted: the next start finds them at its end.
        kafka.failpoint().reached("mirror.entries-sent");
        tail = new Tails.Tail(batch.getLast().recorded().index() + 1, end, 0);
        return true;
    }

    private Line open() {
        Line open = line;
        if (open == null) {
            try (Admin admin = kafka.clients().admin()) {
                kafka.topics().require(admin, topics);
            }
            open = new Line(kafka.clients());
            line = open;
            tail = new Tails.Tail(tail.next(), -1, 0);
        }
        return open;
    }

    private void giveUp(MirrorFacts.State state, RuntimeException reason) {
        if (facts.state() != state) {
            LOG.warn("the mirror of {} stands still: {}", shard.origin(), reason.getMessage());
        }
        hangUp();
        kafka.lease().release(shard.origin());
        facts = facts.stopped(state, behind(), String.valueOf(reason.getMessage()));
    }

    private void hangUp() {
        Line open = line;
        if (open != null) {
            open.close();
            line = null;
        }
    }

    @Override
    public void close() {
        hangUp();
        kafka.lease().release(shard.origin());
    }

    private static NoteKey key(String vkey) {
        try {
            return NoteKey.parse(vkey);
        } catch (MalformedException e) {
            throw new IllegalStateException("the log's own key", e);
        }
    }
}
