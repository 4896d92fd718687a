// SPDX-License-Identifier: Apache-2.0
package org.sparekey.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.registration.BatchLine;
import org.sparekey.protocol.registration.BatchReader;
import org.sparekey.protocol.registration.BatchReceipt;
import org.sparekey.protocol.registration.Event;
import org.sparekey.protocol.registration.LineReading;
import org.sparekey.protocol.registration.LineTree;
import org.sparekey.protocol.registration.LineVerdict;
import org.sparekey.protocol.registration.ReceiptCheck;
import org.sparekey.protocol.registration.RegistrationLine;
import org.sparekey.protocol.registration.RegistrationRecord;

/** What the fake holds: resellers, prefixes, batches and the latest state of every asset. Its callers take turns. */
final class FakeRegistry {

    private final FakeLog log;
    private final InstantSource clock;
    private final Map<String, FakeReseller> resellers = new LinkedHashMap<>();
    private final Map<String, List<String>> prefixes = new HashMap<>();
    private final Map<Digest, Batch> batches = new LinkedHashMap<>();
    private final Map<String, Kept> latest = new TreeMap<>();

    FakeRegistry(FakeLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** A batch that was taken in. */
    record Batch(
            UUID id,
            String reseller,
            long seq,
            Digest digest,
            List<LineVerdict> verdicts,
            FakeLog.Entered entered,
            Instant recordedAt) {}

    void enrol(FakeReseller reseller) {
        resellers.put(reseller.id(), reseller);
    }

    void assign(String reseller, String prefix) {
        prefixes.computeIfAbsent(reseller, id -> new ArrayList<>()).add(prefix);
    }

    Optional<FakeReseller> reseller(String id) {
        return Optional.ofNullable(resellers.get(id));
    }

    List<FakeReseller> resellers() {
        return List.copyOf(resellers.values());
    }

    List<String> prefixes(String reseller) {
        return List.copyOf(prefixes.getOrDefault(reseller, List.of()));
    }

    List<Kept> assets(String reseller) {
        return latest.values().stream()
                .filter(kept -> kept.reseller().equals(reseller))
                .toList();
    }

    List<Batch> batches(String reseller) {
        return batches.values().stream()
                .filter(batch -> batch.reseller().equals(reseller))
                .toList();
    }

    /** Takes a batch in, or gives the answer it had. */
    Batch register(FakeReseller reseller, byte[] content) {
        try {
            BatchReader reader = new BatchReader(new ByteArrayInputStream(content));
            refuseDocument(reseller, reader);
            List<LineReading> readings = new ArrayList<>();
            for (Optional<BatchLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                readings.add(line.get().read());
            }
            if (!reader.rootHolds()) {
                throw refused(Problem.BATCH_ROOT_MISMATCH);
            }
            Batch known = batches.get(reader.document().digest());
            if (known != null) {
                return known;
            }
            long next = batches(reseller.id()).size() + 1L;
            if (reader.header().seq() != next) {
                throw new ProblemException(
                        Problem.BATCH_OUT_OF_SEQUENCE, "the next batch of this reseller has number " + next);
            }
            return take(reseller, reader, readings);
        } catch (MalformedException e) {
            throw new ProblemException(Problem.BATCH_MALFORMED, e.reason());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    BatchReceipt receipt(FakeReseller reseller, UUID id, boolean proven) {
        Batch batch = batches(reseller.id()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> refused(Problem.NOT_FOUND));
        return receipt(batch, proven);
    }

    BatchReceipt receipt(Batch batch, boolean proven) {
        FakeLog.Entered entered = batch.entered();
        return new BatchReceipt(
                1,
                BatchReceipt.TYPE,
                batch.id(),
                batch.reseller(),
                batch.seq(),
                batch.digest(),
                batch.verdicts(),
                entered.leafHash(),
                proven ? Optional.of(entered.index()) : Optional.empty(),
                proven ? Optional.of(entered.entry()) : Optional.empty(),
                entered.opening(),
                proven ? Optional.of(log.proof(entered.index())) : Optional.empty());
    }

    private static void refuseDocument(FakeReseller reseller, BatchReader reader) {
        boolean his = reader.document().verifiedBy(reseller.document().publicKey())
                && reader.header().reseller().equals(reseller.id());
        if (!his) {
            throw refused(Problem.DOCUMENT_REFUSED);
        }
    }

    private Batch take(FakeReseller reseller, BatchReader reader, List<LineReading> readings) {
        Instant now = clock.instant();
        UUID id = new UUID(batches.size() + 1L, reader.header().seq());
        FakeRules rules = new FakeRules(reseller, prefixes(reseller.id()), latest, this::reseller, now);
        LineVerdict[] verdicts = new LineVerdict[readings.size()];
        LineTree tree = reader.tree();
        // An end may stand before the beginning it ends: lines are shuffled.
        for (boolean ends : new boolean[] {false, true}) {
            for (int i = 0; i < verdicts.length; i++) {
                if (isEnd(readings.get(i)) == ends) {
                    verdicts[i] = judge(rules, readings.get(i), new Place(reseller.id(), id, i, now), tree.path(i));
                }
            }
        }
        List<LineVerdict> all = List.copyOf(Arrays.asList(verdicts));
        FakeLog.Entered entered = log.append(
                ReceiptCheck.ENTRY_TYPE,
                reader.document().compact().getBytes(StandardCharsets.US_ASCII),
                Map.of(
                        ReceiptCheck.CLEAR_VERDICTS,
                        ReceiptCheck.verdictsDigest(all).base64url()),
                now);
        Digest digest = reader.document().digest();
        Batch batch = new Batch(id, reseller.id(), reader.header().seq(), digest, all, entered, now);
        batches.put(digest, batch);
        return batch;
    }

    private record Place(String reseller, UUID batch, int index, Instant at) {
        int line() {
            return BatchLine.FIRST + index;
        }
    }

    private LineVerdict judge(FakeRules rules, LineReading reading, Place place, List<Digest> path) {
        Optional<LineReading.Bad> bad = reading.match(good -> rules.refuse(good.line()), Optional::of);
        if (bad.isPresent()) {
            return LineVerdict.refused(
                    place.line(), bad.get().refusal(), bad.get().pointer(), path);
        }
        reading.match(LineReading.Good::line, none -> {
                    throw new IllegalStateException("a bad line was accepted");
                })
                .records()
                .forEach(record -> keep(record, place));
        return LineVerdict.accepted(place.line(), path);
    }

    /** A late record about an earlier instant does not displace what is so now. */
    private void keep(RegistrationRecord record, Place place) {
        Kept before = latest.get(record.vpsRef());
        if (before == null || !before.record().validFrom().isAfter(record.validFrom())) {
            latest.put(record.vpsRef(), new Kept(place.reseller(), record, place.batch(), place.line(), place.at()));
        }
    }

    private static boolean isEnd(LineReading reading) {
        return reading.match(good -> ended(good.line()), bad -> false);
    }

    private static boolean ended(RegistrationLine line) {
        return line.records().get(0).event() == Event.END;
    }

    private static ProblemException refused(Problem problem) {
        return new ProblemException(problem, problem.title());
    }
}
