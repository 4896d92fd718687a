// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.AddCheckpoint;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.protocol.witness.WitnessAnswer;
import org.sparekey.protocol.witness.WitnessKey;
import org.sparekey.protocol.witness.Witnessing;

/** A witness whose memory is honest and whose mouth, and the wire from it, need not be. */
final class SimulatedWitness {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int COSIGNATURE_BYTES = 72;

    /** What happens on the way of one request. */
    enum Fault {
        NONE,
        LOST_BEFORE,
        LOST_AFTER,
        BROKEN,
        INVENTED_SIZE,
        INVENTED_LINE,
        OLD_LINE,
        SOMEBODY_ELSES_LINE,
        REFUSED_PROOF
    }

    /** Those that are no reason to stop. */
    static final List<Fault> HARMLESS = List.of(
            Fault.LOST_BEFORE,
            Fault.LOST_AFTER,
            Fault.BROKEN,
            Fault.INVENTED_LINE,
            Fault.OLD_LINE,
            Fault.SOMEBODY_ELSES_LINE);

    private final Witnessing witnessing;
    private final WitnessKey key;
    private final NoteKey log;
    private final Set<String> cosigned = new HashSet<>();
    private Optional<SignedNote> stored = Optional.empty();
    private Optional<NoteSignature> lastLine = Optional.empty();
    private Optional<NoteSignature> lineBefore = Optional.empty();

    SimulatedWitness(String name, byte[] seed, NoteKey log) {
        Cosigner cosigner = new Cosigner(name, seed);
        this.witnessing = new Witnessing(cosigner);
        this.key = cosigner.key();
        this.log = log;
    }

    WitnessKey key() {
        return key;
    }

    /** Whether it really, by its own memory, cosigned exactly this checkpoint. */
    boolean cosigned(String text) {
        return cosigned.contains(text);
    }

    /** Empty for silence. */
    Optional<Reply> ask(AddCheckpoint request, Fault fault, SimulatedWitness neighbour, SplittableRandom random) {
        if (fault == Fault.LOST_BEFORE) {
            return Optional.empty();
        }
        Reply honest = decide(request);
        return switch (fault) {
            case NONE -> Optional.of(honest);
            case LOST_BEFORE, LOST_AFTER -> Optional.empty();
            case BROKEN -> Optional.of(reply(500 + random.nextInt(5), "no\n"));
            case INVENTED_SIZE -> Optional.of(reply(409, random.nextLong(0, 40) + "\n"));
            case INVENTED_LINE -> Optional.of(reply(200, invented(random).line()));
            case OLD_LINE ->
                Optional.of(reply(200, lineBefore.map(NoteSignature::line).orElse("")));
            case SOMEBODY_ELSES_LINE ->
                Optional.of(
                        reply(200, neighbour.lastLine.map(NoteSignature::line).orElse("")));
            case REFUSED_PROOF -> Optional.of(reply(422, "no\n"));
        };
    }

    private Reply decide(AddCheckpoint request) {
        WitnessAnswer answer = witnessing.decide(stored, request, List.of(log), NOW);
        answer.match(
                yes -> {
                    stored = Optional.of(yes.store());
                    lineBefore = lastLine;
                    lastLine = Optional.of(yes.line());
                    return cosigned.add(request.checkpoint().text());
                },
                conflict -> false,
                refused -> false);
        return new Reply(answer.status(), answer.bytes());
    }

    /** A line of the right name and key id that the key never signed. */
    private NoteSignature invented(SplittableRandom random) {
        byte[] bytes = new byte[COSIGNATURE_BYTES];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, Integer.BYTES, (byte) 0); // a year that the format allows
        return NoteSignature.by(key.verifierKey(), bytes);
    }

    private static Reply reply(int status, String body) {
        return new Reply(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
