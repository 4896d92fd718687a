// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.sparekey.gateway.auditlog.AuditLog;
import org.sparekey.gateway.auditlog.LogName;
import org.sparekey.gateway.auditlog.Pending;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.InclusionProof;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.Nodes;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.protocol.witness.Cosigner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a log costs its readers in time and bytes: reported beside what the design hopes for, and never asserted. */
final class LogFigures {

    private static final int PER_SECOND = 500;
    private static final int SECONDS = 20;
    private static final int WRITERS = 32;
    /** Every so many entries one is waited for until its witnessed proof is there. */
    private static final int SAMPLED = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double AIM_SIGNED_MILLIS = 500;
    private static final double AIM_WITNESSED_MILLIS = 1500;
    private static final double AIM_STORAGE = 1.15;
    private static final double AIM_PROOF_BYTES = 2560;
    private static final long TEN_MILLION = 10_000_000;
    private static final int SEED_BYTES = 32;
    private static final double P99 = 0.99;
    private static final Instant COSIGNED_AT = Instant.parse("2026-03-01T12:00:00Z");

    private final AuditLog log;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Result.Conditions before;

    LogFigures(AuditLog log, JdbcClient database, TransactionTemplate transaction, Result.Conditions before) {
        this.log = log;
        this.database = database;
        this.transaction = transaction;
        this.before = before;
    }

    /** @param published where the registry log lies as files */
    List<Figure> all(Size size, Path published) throws Exception {
        List<Long> witnessed = atAPace(PER_SECOND * size.of(SECONDS));
        return List.of(
                Figure.of("entry_to_signed_p99", signedMillis(), "ms", AIM_SIGNED_MILLIS, before),
                Figure.of("entry_to_witnessed_proof_p99", millis(witnessed), "ms", AIM_WITNESSED_MILLIS, before),
                Figure.of("tree_storage", storage(published), "x (entry + 34 B)", AIM_STORAGE, before),
                Figure.of("proof_bytes_at_10_million", proofBytes(), "B", AIM_PROOF_BYTES, before));
    }

    /** Entries come when they are due and not when the one before is done: a stall is seen, not skipped. */
    private List<Long> atAPace(int entries) throws InterruptedException, ExecutionException {
        List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> waiting = Collections.synchronizedList(new ArrayList<>());
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(threads.submit(() -> {
                    for (long n = next.getAndIncrement(); n < entries; n = next.getAndIncrement()) {
                        long due = start + n * Duration.ofSeconds(1).toNanos() / PER_SECOND;
                        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                        Digest leaf = append().leafHash();
                        if (n % SAMPLED == 0) {
                            waiting.add(threads.submit(() -> {
                                witnessed(leaf);
                                return nanos.add(System.nanoTime() - due);
                            }));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<?> each : List.copyOf(waiting)) {
                each.get();
            }
        }
        return List.copyOf(nanos);
    }

    private void witnessed(Digest leaf) throws InterruptedException {
        if (log.await(leaf, PATIENCE).isEmpty() || log.proof(leaf).isEmpty()) {
            throw new IllegalStateException("an entry was not witnessed within " + PATIENCE);
        }
    }

    private Pending append() {
        return Objects.requireNonNull(transaction.execute(status -> log.append(LogComparisons.statement())));
    }

    private static double millis(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        long p99 = sorted.get((int) Math.ceil(sorted.size() * P99) - 1);
        return (double) p99 / Duration.ofMillis(1).toNanos();
    }

    /** From the time inside the entry to the signature of the first checkpoint that covers it. */
    private double signedMillis() {
        return database.sql("""
                        SELECT percentile_disc(:p99) WITHIN GROUP (ORDER BY extract(epoch FROM c.signed_at - e.time) * 1000)
                        FROM auditlog_entry e JOIN LATERAL (
                            SELECT signed_at FROM auditlog_checkpoint
                            WHERE origin = e.origin AND size > e.leaf_index AND note IS NOT NULL ORDER BY size LIMIT 1) c
                        ON true
                        WHERE e.origin = :origin AND e.type = :type
                        """)
                .param("p99", P99)
                .param("origin", log.origin(LogName.REGISTRY))
                .param("type", LogComparisons.ENTRY_TYPE)
                .query(Double.class)
                .single();
    }

    private double storage(Path published) throws IOException {
        long wanted = database.sql("SELECT sum(length(bytes) + 34) FROM auditlog_entry WHERE origin = :origin")
                .param("origin", log.origin(LogName.REGISTRY))
                .query(Long.class)
                .single();
        try (Stream<Path> files = Files.walk(published)) {
            return (double) files.filter(Files::isRegularFile)
                            .mapToLong(LogFigures::length)
                            .sum()
                    / wanted;
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A proof with two cosignatures in a tree of ten million equal leaves: its length is that of any such tree. */
    private static double proofBytes() {
        Map<Integer, Digest> levels = new HashMap<>();
        Nodes equal = new Nodes() {
            @Override
            public Digest node(int level, long index) {
                Digest known = levels.get(level);
                if (known == null) {
                    known = level == 0
                            ? TreeHash.leaf(new byte[] {1})
                            : TreeHash.node(node(level - 1, 0), node(level - 1, 1));
                    levels.put(level, known);
                }
                return known;
            }
        };
        String text =
                new Checkpoint("log.hoster.example/log/registry/2026", TEN_MILLION, equal.root(TEN_MILLION)).text();
        SignedNote note = new SignedNote(
                text,
                List.of(
                        new NoteSigner("log.hoster.example/log/registry/2026", new byte[SEED_BYTES]).sign(text),
                        cosigned("witness.association.example", text),
                        cosigned("witness.police.example", text)));
        return new LogProof(InclusionProof.make(0, TEN_MILLION, equal), note).bytes().length;
    }

    private static NoteSignature cosigned(String name, String text) {
        Cosigner cosigner = new Cosigner(name, new byte[SEED_BYTES]);
        return cosigner.cosign(text, COSIGNED_AT).line(cosigner.key());
    }
}
