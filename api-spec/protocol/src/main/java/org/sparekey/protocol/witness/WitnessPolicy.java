// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;

/**
 * Which witnesses must have seen a checkpoint (C2SP tlog-policy). Every rule that the specification has for a policy
 * holds for a value of this type; beyond it, no witness's key may be a log's key: nobody witnesses himself.
 *
 * @param quorum the name of a witness or a group, or {@link #NO_QUORUM}
 */
public record WitnessPolicy(List<Log> logs, List<Witness> witnesses, List<Group> groups, String quorum) {

    /** The predefined name: no cosignature is needed. */
    public static final String NO_QUORUM = "none";

    /** Of logs, of witnesses and of groups; the specification asks for 32. */
    public static final int MAX_OF_EACH = 64;

    /** The policy that asks for nothing. */
    public static final WitnessPolicy NONE = new WitnessPolicy(List.of(), List.of(), List.of(), NO_QUORUM);

    /** @param url its base, where the policy's reader needs to speak with it */
    public record Log(NoteKey key, Optional<String> url) {}

    /**
     * @param name what groups and the quorum call it
     * @param url its submission prefix
     */
    public record Witness(String name, WitnessKey key, Optional<String> url) {}

    /** Has seen a checkpoint when at least {@code threshold} of its members have. */
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /** @throws IllegalArgumentException when a rule of the specification is broken */
    public WitnessPolicy {
        logs = List.copyOf(logs);
        witnesses = List.copyOf(witnesses);
        groups = List.copyOf(groups);
        PolicyRules.require(logs, witnesses, groups, quorum);
    }

    /** Reads the text form. */
    public static WitnessPolicy parse(String text) throws MalformedException {
        return new PolicyText().parse(text);
    }

    /** The text form: logs, witnesses, groups, quorum, one space between items; reading it back gives this policy. */
    public String text() {
        return PolicyText.write(this);
    }

    /**
     * Judges a signed checkpoint. A line that claims a key of this policy and does not verify spoils the note (C2SP
     * signed-note): then nobody has signed it. Lines of other keys count for nothing and harm nothing.
     */
    public PolicyVerdict judge(SignedNote note) {
        Optional<List<PolicyVerdict.Sighting>> seen = seen(note);
        List<NoteKey> keys = logs.stream().map(Log::key).toList();
        boolean forged = seen.isEmpty() || forged(note, keys);
        if (forged) {
            return new PolicyVerdict(Optional.empty(), List.of(), false, false);
        }
        String origin = note.text().substring(0, note.text().indexOf('\n'));
        Optional<NoteKey> log = note.signers(keys).stream()
                .filter(key -> key.name().equals(origin))
                .findFirst();
        boolean quorum = reached(seen.get());
        return new PolicyVerdict(log, seen.get(), quorum, quorum && (logs.isEmpty() || log.isPresent()));
    }

    /** Empty when a line claims a witness's key and does not verify. */
    private Optional<List<PolicyVerdict.Sighting>> seen(SignedNote note) {
        List<PolicyVerdict.Sighting> seen = new ArrayList<>();
        for (Witness witness : witnesses) {
            List<Instant> times = new ArrayList<>();
            for (NoteSignature line : note.signatures()) {
                if (line.claims(witness.key().verifierKey())) {
                    Optional<Cosignature> verified = Cosignature.verified(line, witness.key(), note.text());
                    if (verified.isEmpty()) {
                        return Optional.empty();
                    }
                    times.add(verified.get().at());
                }
            }
            times.stream()
                    .min(Comparator.naturalOrder())
                    .ifPresent(at -> seen.add(new PolicyVerdict.Sighting(witness.name(), witness.key(), at)));
        }
        return Optional.of(seen);
    }

    private static boolean forged(SignedNote note, List<NoteKey> keys) {
        boolean claimed = note.signatures().stream()
                .anyMatch(line -> keys.stream().anyMatch(key -> line.claims(key.verifierKey())));
        return claimed && note.signers(keys).isEmpty();
    }

    private boolean reached(List<PolicyVerdict.Sighting> seen) {
        Set<String> have = new HashSet<>();
        seen.forEach(sighting -> have.add(sighting.witness()));
        // A group names only what stands before it, so one pass in order settles them all.
        for (Group group : groups) {
            if (group.members().stream().filter(have::contains).count() >= group.threshold()) {
                have.add(group.name());
            }
        }
        return quorum.equals(NO_QUORUM) || have.contains(quorum);
    }
}
