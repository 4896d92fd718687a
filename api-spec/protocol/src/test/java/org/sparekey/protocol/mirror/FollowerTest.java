// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.CompactTree;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.NoteSigner;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.tree.TreeHash;
import org.sparekey.protocol.witness.Cosigner;
import org.sparekey.protocol.witness.WitnessPolicy;

class FollowerTest {

    private static final String ORIGIN = "log.hoster.example/log/case/2026";
    private static final NoteSigner LOG = new NoteSigner(ORIGIN, seed(1));

    private static final Cosigner WITNESS = new Cosigner("witness.example", seed(5));
    private static final WitnessPolicy ONE_WITNESS = new WitnessPolicy(
            List.of(), List.of(new WitnessPolicy.Witness("w", WITNESS.key(), Optional.empty())), List.of(), "w");

    private Follower follower = follower(MirrorPosition.start(ORIGIN));
    private long offset;

    @Test
    void entries_in_their_place_give_the_root_of_every_checkpoint() {
        checkpoint(3);
        checkpoint(5);
        assertThat(verdicts(0, 5))
                .containsExactly(
                        MirrorVerdict.Followed.ON,
                        MirrorVerdict.Followed.ON,
                        verified(3),
                        MirrorVerdict.Followed.ON,
                        verified(5));
        assertThat(follower.position().size()).isEqualTo(5);
        assertThat(follower.wantsEntries()).isFalse();
        assertThat(follower.stopped()).isEmpty();
    }

    @Test
    void no_entry_is_taken_beyond_the_newest_checkpoint() {
        checkpoint(2);
        verdicts(0, 2);
        assertThatThrownBy(() -> entry(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_was_sent_twice_is_dropped() {
        checkpoint(4);
        verdicts(0, 3);
        assertThat(entry(1)).isEqualTo(new MirrorVerdict.Repeated());
        assertThat(entry(2)).isEqualTo(new MirrorVerdict.Repeated());
        assertThat(entry(3)).isEqualTo(verified(4));
        assertThat(checkpoint(4)).isEqualTo(new MirrorVerdict.Repeated());
    }

    @Test
    void a_removed_entry_is_a_gap_at_every_later_one() {
        checkpoint(5);
        verdicts(0, 2);
        assertAlarm(entry(3), MirrorFault.GAP, 2);
        assertAlarm(entry(4), MirrorFault.GAP, 2);
        assertThat(follower.position().size()).isZero();
    }

    @Test
    void reordered_entries_are_a_gap_and_the_late_one_is_taken_in_its_place() {
        checkpoint(3);
        entry(0);
        assertAlarm(entry(2), MirrorFault.GAP, 1);
        assertThat(entry(1)).isEqualTo(MirrorVerdict.Followed.ON);
        assertThat(entry(2)).isEqualTo(verified(3));
    }

    @Test
    void one_altered_bit_is_noticed_and_the_record_put_aside() {
        checkpoint(2);
        entry(0);
        byte[] altered = bytes(1);
        altered[3] ^= 1;
        assertAlarm(
                follower.entry(new MirroredEntry(1, TreeHash.leaf(bytes(1)), altered), offset++),
                MirrorFault.ALTERED,
                1);
        assertThat(entry(1)).isEqualTo(verified(2));
    }

    @Test
    void an_entry_altered_together_with_its_leaf_hash_stops_at_the_next_checkpoint() {
        checkpoint(3);
        checkpoint(4);
        entry(0);
        forged(1, "altered");
        assertAlarm(entry(2), MirrorFault.ROOT_DIFFERS, 3);
        assertAlarm(entry(3), MirrorFault.ROOT_DIFFERS, 3);
        assertThat(follower.stopped()).isPresent();
        assertThat(follower.position().size()).isZero();
    }

    @Test
    void a_strangers_entry_before_the_true_one_is_a_conflict() {
        checkpoint(3);
        entry(0);
        forged(1, "a stranger's");
        assertAlarm(entry(1), MirrorFault.CONFLICT, 1);
    }

    @Test
    void a_strangers_repetition_with_other_bytes_is_a_conflict() {
        checkpoint(3);
        verdicts(0, 2);
        assertAlarm(forged(0, "a stranger's"), MirrorFault.CONFLICT, 0);
    }

    @Test
    void a_repetition_from_long_ago_is_a_stranger() {
        checkpoint(3000);
        verdicts(0, 2999);
        assertAlarm(entry(2999 - Follower.STRAY_BEHIND - 1), MirrorFault.STRAY, 950);
        assertThat(entry(2999)).isEqualTo(verified(3000));
    }

    @Test
    void a_checkpoint_by_another_key_or_of_another_log_counts_for_nothing() {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, 2, root(2));
        assertAlarm(take(signed(new NoteSigner(ORIGIN, seed(2)), checkpoint)), MirrorFault.UNSIGNED, 2);
        String other = "log.hoster.example/log/registry/2026";
        assertAlarm(take(signed(LOG, new Checkpoint(other, 2, root(2)))), MirrorFault.UNSIGNED, 2);
        assertAlarm(take("nothing of the kind".getBytes(StandardCharsets.UTF_8)), MirrorFault.MALFORMED, -1);
        assertThat(follower.wantsEntries()).isFalse();
    }

    @Test
    void a_shrinking_checkpoint_is_an_alarm_unless_it_was_seen_before() {
        checkpoint(2);
        checkpoint(4);
        assertThat(checkpoint(2)).isEqualTo(new MirrorVerdict.Repeated());
        assertAlarm(checkpoint(3), MirrorFault.SHRUNK, 3);
        verdicts(0, 4);
        assertThat(checkpoint(2)).isEqualTo(new MirrorVerdict.Repeated());
        assertAlarm(checkpoint(1), MirrorFault.SHRUNK, 1);
    }

    @Test
    void two_signed_roots_for_one_size_stop_the_follower() {
        checkpoint(2);
        assertAlarm(take(signed(LOG, new Checkpoint(ORIGIN, 2, Digest.sha256(seed(9))))), MirrorFault.FORKED, 2);
        assertThat(follower.wantsEntries()).isFalse();
        assertThat(follower.wantsCheckpoints()).isFalse();
    }

    @Test
    void a_fork_is_told_from_a_verified_checkpoint_too_and_whether_or_not_it_is_witnessed() {
        checkpoint(2);
        verdicts(0, 2);
        MirrorPosition position = MirrorPositionTest.throughText(follower.position());
        Follower strict = new Follower(LOG.key(), ONE_WITNESS, position);
        assertAlarm(
                strict.checkpoint(signed(LOG, new Checkpoint(ORIGIN, 2, Digest.sha256(seed(9)))), 7),
                MirrorFault.FORKED,
                2);
    }

    @Test
    void a_checkpoint_without_its_witnesses_is_an_alarm_and_verifies_nothing() {
        follower = new Follower(LOG.key(), ONE_WITNESS, MirrorPosition.start(ORIGIN));
        assertAlarm(checkpoint(1), MirrorFault.NOT_WITNESSED, 1);
        assertThat(follower.wantsEntries()).isFalse();
        Checkpoint seen = new Checkpoint(ORIGIN, 1, root(1));
        NoteSignature line =
                WITNESS.cosign(seen.text(), Instant.EPOCH.plusSeconds(7)).line(WITNESS.key());
        SignedNote note = new SignedNote(seen.text(), List.of(LOG.sign(seen.text()), line));
        assertThat(take(note.bytes())).isEqualTo(MirrorVerdict.Followed.ON);
        assertThat(entry(0)).isEqualTo(verified(1));
    }

    @Test
    void it_goes_on_from_its_position_and_still_knows_the_last_entries() {
        checkpoint(1500);
        verdicts(0, 1500);
        MirrorPosition position = follower.position();
        assertThat(position.entriesFrom()).isEqualTo(1500 - Recent.KEPT);
        follower = follower(MirrorPositionTest.throughText(position));
        checkpoint(1502);
        for (long index = position.entriesFrom(); index < 1500; index++) {
            assertThat(follower.entry(mirrored(index), index)).isEqualTo(new MirrorVerdict.Repeated());
        }
        assertAlarm(forged(1490, "a stranger's"), MirrorFault.CONFLICT, 1490);
        entry(1500);
        assertThat(entry(1501)).isEqualTo(verified(1502));
    }

    @Test
    void a_position_in_another_logs_mirror_is_refused() {
        assertThatThrownBy(() -> follower(MirrorPosition.start("log.hoster.example/log/registry/2026")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** 300 seeded runs with one damage each: whatever it was, it is noticed before its checkpoint is verified. */
    @Test
    void no_damage_to_the_entries_passes_a_checkpoint() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int size = 2 + random.nextInt(40);
            List<MirroredEntry> records = new ArrayList<>();
            for (int index = 0; index < size; index++) {
                records.add(mirrored(index));
            }
            damage(records, random);
            follower = follower(MirrorPosition.start(ORIGIN));
            checkpoint(size);
            boolean noticed = false;
            for (MirroredEntry record : records) {
                noticed |= follower.wantsEntries() && isAlarm(follower.entry(record, offset++));
            }
            assertThat(noticed || follower.wantsEntries()).as("seed %s", seed).isTrue();
        }
    }

    private static void damage(List<MirroredEntry> records, SplittableRandom random) {
        int at = random.nextInt(records.size());
        MirroredEntry hit = records.get(at);
        byte[] altered = hit.bytes().clone();
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
        switch (random.nextInt(5)) {
            case 0 -> records.remove(at);
            case 1 -> records.set(at, new MirroredEntry(hit.index(), hit.leafHash(), altered));
            case 2 -> records.set(at, new MirroredEntry(hit.index(), TreeHash.leaf(altered), altered));
            case 3 -> records.add(at, new MirroredEntry(hit.index(), TreeHash.leaf(altered), altered));
            default -> java.util.Collections.swap(records, at, at == 0 ? 1 : at - 1);
        }
    }

    private static boolean isAlarm(MirrorVerdict verdict) {
        return verdict.match(followed -> false, repeated -> false, alarm -> true);
    }

    private static void assertAlarm(MirrorVerdict verdict, MirrorFault fault, long at) {
        assertThat(verdict).isInstanceOfSatisfying(MirrorVerdict.Alarm.class, alarm -> {
            assertThat(alarm.fault()).isEqualTo(fault);
            assertThat(alarm.at()).isEqualTo(at);
        });
    }

    private static Follower follower(MirrorPosition position) {
        return new Follower(LOG.key(), WitnessPolicy.NONE, position);
    }

    private MirrorVerdict checkpoint(int size) {
        return take(signed(LOG, new Checkpoint(ORIGIN, size, root(size))));
    }

    private MirrorVerdict take(byte[] note) {
        return follower.checkpoint(note, offset++);
    }

    private List<MirrorVerdict> verdicts(int from, int to) {
        List<MirrorVerdict> verdicts = new ArrayList<>();
        for (int index = from; index < to; index++) {
            verdicts.add(follower.entry(mirrored(index), index));
        }
        return verdicts;
    }

    private MirrorVerdict entry(long index) {
        return follower.entry(mirrored(index), offset++);
    }

    private MirrorVerdict forged(long index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return follower.entry(new MirroredEntry(index, TreeHash.leaf(bytes), bytes), offset++);
    }

    private static MirrorVerdict verified(int size) {
        return new MirrorVerdict.Followed(Optional.of(new Checkpoint(ORIGIN, size, root(size))));
    }

    static MirroredEntry mirrored(long index) {
        return new MirroredEntry(index, TreeHash.leaf(bytes(index)), bytes(index));
    }

    private static byte[] bytes(long index) {
        return ("{\"n\":" + index + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static Digest root(int size) {
        CompactTree tree = CompactTree.empty();
        for (int index = 0; index < size; index++) {
            tree.append(TreeHash.leaf(bytes(index)));
        }
        return tree.root();
    }

    private static byte[] signed(NoteSigner signer, Checkpoint checkpoint) {
        return new SignedNote(checkpoint.text(), List.of(signer.sign(checkpoint.text()))).bytes();
    }

    private static byte[] seed(int n) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) n);
        return seed;
    }

    @Test
    void headers_are_read_in_one_spelling_only() throws MalformedException {
        MirroredEntry entry = mirrored(70_000);
        MirroredEntry read = MirroredEntry.parse(entry.indexHeader(), entry.leafHashHeader(), entry.bytes());
        assertThat(read.index()).isEqualTo(70_000);
        assertThat(read.leafHash()).isEqualTo(entry.leafHash());
        assertThat(read.intact()).isTrue();
        for (String index : List.of("", "01", "-1", "+1", "1 ", "1e3", "9999999999999999999")) {
            byte[] header = index.getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> MirroredEntry.parse(header, entry.leafHashHeader(), entry.bytes()))
                    .as(index)
                    .isInstanceOf(MalformedException.class);
        }
        byte[] one = entry.indexHeader();
        assertThatThrownBy(() -> MirroredEntry.parse(one, one, entry.bytes())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> MirroredEntry.parse(null, one, one)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> MirroredEntry.parse(one, entry.leafHashHeader(), new byte[4097]))
                .isInstanceOf(MalformedException.class);
    }
}
