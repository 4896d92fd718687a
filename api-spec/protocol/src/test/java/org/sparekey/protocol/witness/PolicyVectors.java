// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.witness;

import static org.sparekey.protocol.witness.LogVectors.GOOD;
import static org.sparekey.protocol.witness.LogVectors.MALFORMED;
import static org.sparekey.protocol.witness.LogVectors.TWO_OF_THREE;
import static org.sparekey.protocol.witness.Parties.ASSOCIATION;
import static org.sparekey.protocol.witness.Parties.HOSTER;
import static org.sparekey.protocol.witness.Parties.LOG;
import static org.sparekey.protocol.witness.Parties.NOON;
import static org.sparekey.protocol.witness.Parties.POLICE;

import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;

/** Policies, and what they say of one checkpoint under several signatures. */
final class PolicyVectors {

    private static final Checkpoint SEEN = Parties.checkpoint(7, 0);

    private PolicyVectors() {}

    static List<Object> policies() {
        List<Object> all = new ArrayList<>();
        String witnesses = TWO_OF_THREE.substring(TWO_OF_THREE.indexOf("witness"), TWO_OF_THREE.indexOf("group"));
        policy(all, "no witness", "quorum none\n", GOOD);
        policy(all, "two of three", TWO_OF_THREE, GOOD);
        policy(all, "one that must", witnesses + "quorum association\n", GOOD);
        policy(
                all,
                "a group of groups",
                witnesses + "group a any police hoster\ngroup b all a association\nquorum b\n",
                GOOD);
        policy(all, "with addresses", witnesses.replace("\n", " https://w.example/\n") + "quorum police\n", GOOD);
        policy(all, "no newline at the end", "quorum none", MALFORMED);
        policy(all, "no quorum", witnesses, MALFORMED);
        policy(all, "two quorums", "quorum none\nquorum none\n", MALFORMED);
        policy(all, "a quorum that names nobody", witnesses + "quorum nobody\n", MALFORMED);
        policy(all, "a quorum before its group", witnesses + "quorum g\ngroup g any police\n", MALFORMED);
        policy(all, "a group before its member", "group g any police\n" + witnesses + "quorum g\n", MALFORMED);
        policy(all, "a group that is its own member", witnesses + "group g any g\nquorum g\n", MALFORMED);
        policy(all, "none as a member", witnesses + "group g any none\nquorum g\n", MALFORMED);
        policy(all, "three of two", witnesses + "group g 3 police hoster\nquorum g\n", MALFORMED);
        policy(all, "none of two", witnesses + "group g 0 police hoster\nquorum g\n", MALFORMED);
        policy(
                all,
                "a member of two groups",
                witnesses + "group g any police\ngroup h any police\nquorum h\n",
                MALFORMED);
        policy(all, "a name twice", witnesses + "group police any hoster\nquorum police\n", MALFORMED);
        policy(
                all,
                "one key under two names",
                "witness a " + POLICE.key().vkey() + "\nwitness b "
                        + new WitnessKey("b.example", POLICE.key().publicKey()).vkey() + "\nquorum a\n",
                MALFORMED);
        policy(
                all,
                "a log that is its own witness",
                "log " + LOG.key().vkey() + "\nwitness a "
                        + new WitnessKey("a.example", LOG.key().publicKey()).vkey() + "\nquorum a\n",
                MALFORMED);
        policy(all, "a log's key for a witness", "witness a " + LOG.key().vkey() + "\nquorum a\n", MALFORMED);
        policy(all, "an unknown word", "trust me\nquorum none\n", MALFORMED);
        policy(all, "a control character", "quorum none\u0007\n", MALFORMED);
        return all;
    }

    private static void policy(List<Object> all, String name, String policy, String expected) {
        all.add(LogVectors.object("name", name, "policy", policy, "expected", expected));
    }

    static List<Object> verdicts() {
        NoteSignature police = Parties.line(POLICE, SEEN, NOON);
        NoteSignature association = Parties.line(ASSOCIATION, SEEN, NOON.plusSeconds(1));
        NoteSignature hoster = Parties.line(HOSTER, SEEN, NOON.plusSeconds(2));
        NoteSignature late = Parties.line(POLICE, SEEN, NOON.plusSeconds(60));
        NoteSignature forged = NoteSignature.by(HOSTER.key().verifierKey(), new byte[72]);
        NoteSignature unknown = Parties.line(Parties.cosigner("stranger.example/w1"), SEEN, NOON);
        List<Object> all = new ArrayList<>();
        verdict(
                all,
                "all three",
                List.of("police 12:00:00", "association 12:00:01", "hoster 12:00:02"),
                true,
                Parties.signed(SEEN, hoster, association, police));
        verdict(all, "two", List.of("police 12:00:00", "hoster 12:00:02"), true, Parties.signed(SEEN, police, hoster));
        verdict(all, "one", List.of("association 12:00:01"), false, Parties.signed(SEEN, association));
        verdict(all, "one that signed twice", List.of("police 12:00:00"), false, Parties.signed(SEEN, late, police));
        verdict(all, "one and a stranger", List.of("police 12:00:00"), false, Parties.signed(SEEN, police, unknown));
        verdict(
                all,
                "two and a stranger",
                List.of("police 12:00:00", "association 12:00:01"),
                true,
                Parties.signed(SEEN, police, unknown, association));
        verdict(all, "two and a forged third", List.of(), false, Parties.signed(SEEN, police, association, forged));
        verdict(
                all,
                "two, and not the log",
                List.of("police 12:00:00", "association 12:00:01"),
                false,
                new SignedNote(SEEN.text(), List.of(police, association)));
        return all;
    }

    private static void verdict(List<Object> all, String name, List<String> seen, boolean holds, SignedNote note) {
        all.add(LogVectors.object(
                "name", name, "policy", TWO_OF_THREE, "note", LogVectors.text(note), "seen", seen, "holds", holds));
    }
}
