// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.Checkpoint;
import org.sparekey.protocol.tree.LogProof;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.WitnessPolicy;
import org.sparekey.testkit.Database;
import org.sparekey.testkit.witness.TestWitness;

/** Nothing counts as recorded before a quorum of witnesses has seen it: three of them over HTTP, two needed. */
class WitnessTest {

    private static final String ORIGIN = "log.hoster.example/log/case/2026";

    /** Left where it is: a witness that answers late is still written down. */
    @TempDir(cleanup = CleanupMode.NEVER)
    Path root;

    private LogFixture fixture;
    private WitnessTrio trio;

    @BeforeEach
    void two_of_three() {
        fixture = new LogFixture(root);
        trio = new WitnessTrio(fixture.caseKey(), fixture::now);
        fixture.policy(trio.policy());
    }

    @AfterEach
    void close() {
        trio.close();
    }

    @Test
    void a_recorded_entry_proves_that_a_quorum_has_seen_it() throws MalformedException {
        AuditLog log = fixture.start();
        Pending pending = fixture.append(log, LogFixture.statement("one"));
        LogFixture.all(log);

        LogProof proof =
                LogProof.parse(log.proof(pending.leafHash()).orElseThrow().bytes());
        WitnessPolicy policy = WitnessPolicy.parse(trio.policy());
        assertThat(proof.proven(pending.leafHash(), fixture.caseKey())).isPresent();
        assertThat(policy.judge(proof.checkpoint()).holds()).isTrue();
        assertThat(log.checkpoint(LogName.CASE)).contains(proof.checkpoint().bytes());
        assertThat(log.guarantees(LogName.CASE).witnessed()).isTrue();
        assertThat(log.guarantees(LogName.CASE).policy()).contains("quorum enough");
        assertThat(log.guarantees(LogName.REGISTRY).witnessed()).isFalse();
    }

    @Test
    void with_one_witness_left_entries_are_numbered_and_signed_and_nothing_is_recorded() {
        AuditLog log = fixture.start();
        trio.stop(0, 1);
        Pending pending = fixture.append(log, LogFixture.statement("waits"));
        assertThat(log.stepper().sequence(LogName.CASE)).isEqualTo(1);
        assertThat(log.stepper().sign(LogName.CASE)).isTrue();
        log.stepper().witness(LogName.CASE);
        assertThat(log.stepper().publish(LogName.CASE)).isFalse();

        assertThat(log.await(pending.leafHash(), Duration.ZERO)).isEmpty();
        assertThat(log.proof(pending.leafHash())).isEmpty();
        assertThat(log.entry(pending.leafHash())).isEmpty();
        assertThat(log.checkpoint(LogName.CASE)).isEmpty();
        assertThat(log.stopped()).isEmpty();
        assertThat(new LogHealth(log).health().getDetails()).containsEntry("case-witnesses-away", "police resellers");

        trio.start(0);
        fixture.pass(WitnessDesk.PAUSE);
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash())).isPresent();
        assertThat(new LogHealth(log).health().getDetails()).containsEntry("case-witnesses-away", "resellers");
    }

    @Test
    void a_checkpoint_that_too_few_cosigned_is_passed_over_by_the_next() {
        AuditLog log = fixture.start();
        trio.stop(0, 1);
        Pending first = fixture.append(log, LogFixture.statement("first"));
        LogFixture.all(log);
        Pending second = fixture.append(log, LogFixture.statement("second"));
        log.stepper().sequence(LogName.CASE);
        log.stepper().sign(LogName.CASE);
        trio.start(0, 1);
        fixture.pass(WitnessDesk.PAUSE);
        LogFixture.all(log);
        assertThat(log.find(first.leafHash())).isPresent();
        assertThat(log.find(second.leafHash())).isPresent();
        assertThat(LogFixture.audit(log)).hasSize(2);
        assertThat(log.facts(LogName.CASE).published()).isEqualTo(2);
    }

    @Test
    void a_hanging_witness_is_not_waited_for_once_the_quorum_has_spoken() throws Exception {
        AuditLog log = fixture.start();
        trio.of(2).mood(said -> {
            new CountDownLatch(1).await();
            return said;
        });
        Pending pending = fixture.append(log, LogFixture.statement("one"));
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash())).isPresent();
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"log.guarded", "log.signed", "log.offering", "log.answered", "log.checkpoint-published"})
    void a_crash_around_the_witnesses_loses_nothing_and_forks_nothing(String point) {
        AuditLog before = fixture.start();
        List<Pending> old = fixture.append(before, 5);
        LogFixture.all(before);
        AtomicBoolean armed = new AtomicBoolean();
        AuditLog dying = fixture.start(name -> {
            if (armed.get() && name.equals(point)) {
                throw new Crash();
            }
        });
        armed.set(true);
        List<Pending> added = fixture.append(dying, 3);
        assertThatThrownBy(dying.stepper()::step).isInstanceOf(Crash.class);

        AuditLog log = fixture.start();
        assertThat(log.stopped()).isEmpty();
        LogFixture.all(log);
        assertThat(LogFixture.audit(log))
                .containsExactlyElementsOf(Stream.concat(old.stream(), added.stream())
                        .map(Pending::leafHash)
                        .toList());
        assertThat(size(trio.of(0))).isEqualTo(8);
    }

    @Test
    void the_restarted_log_offers_its_last_checkpoint_before_it_signs_another() {
        AuditLog log = fixture.start();
        fixture.append(log, 3);
        LogFixture.all(log);
        int asked = trio.of(0).asked();
        AuditLog again = fixture.start();
        assertThat(trio.of(0).asked()).isGreaterThan(asked);
        assertThat(again.stopped()).isEmpty();
        fixture.append(again, 1);
        LogFixture.all(again);
        assertThat(LogFixture.audit(again)).hasSize(4);
    }

    @Test
    void after_a_start_nothing_new_is_signed_until_a_quorum_has_confirmed_the_last_checkpoint() {
        AuditLog before = fixture.start();
        fixture.append(before, 3);
        LogFixture.all(before);
        trio.stop(0, 1, 2);
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        assertThat(log.stepper().sequence(LogName.CASE)).isEqualTo(1);
        assertThat(log.stepper().sign(LogName.CASE)).isFalse();
        assertThat(log.facts(LogName.CASE).signed()).isEqualTo(3);
        trio.start(0, 1);
        fixture.pass(WitnessDesk.PAUSE);
        assertThat(log.stepper().sign(LogName.CASE)).isTrue();
        LogFixture.all(log);
        assertThat(LogFixture.audit(log)).hasSize(4);
    }

    @Test
    void a_restored_database_signs_nothing_though_guard_and_files_were_restored_with_it() throws IOException {
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        Database.Access backup = fixture.copy();
        Snapshot files = Snapshot.of(root);
        fixture.append(live, 5);
        LogFixture.all(live);

        files.restore();
        fixture.access = backup;
        AuditLog restored = fixture.start();
        assertThat(restored.stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
        assertThatThrownBy(() -> fixture.append(restored, LogFixture.statement("as if nothing had happened")))
                .isInstanceOf(LogStoppedException.class);
        assertThatThrownBy(() -> restored.stepper().sign(LogName.CASE)).isInstanceOf(LogStoppedException.class);
        assertThat(fixture.start().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @Test
    void an_emptied_database_with_an_empty_guard_is_told_by_the_witnesses() throws IOException {
        Snapshot nothing = Snapshot.of(root);
        Database.Access empty = fixture.copy();
        AuditLog live = fixture.start();
        fixture.append(live, 4);
        LogFixture.all(live);
        nothing.restore();
        fixture.policy(trio.policy());
        fixture.access = empty;
        assertThat(fixture.start().stopped()).contains(StopReason.RESTORED_BEHIND_LOG);
    }

    @Test
    void a_forked_log_shown_to_two_witnesses_is_refused_and_stops() throws IOException {
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        Database.Access copy = fixture.copy();
        Snapshot files = Snapshot.of(root);
        fixture.append(live, 5);
        LogFixture.all(live);

        // The copy begins while no witness answers, has entries of its own, and is shown only once it is longer.
        files.restore();
        fixture.access = copy;
        fixture.policy("quorum none\n");
        AuditLog fork = fixture.start();
        fixture.append(fork, 6);
        LogFixture.all(fork);
        fixture.policy(trio.policy());
        AuditLog shown = fixture.start();
        assertThat(shown.stopped()).contains(StopReason.FORKED);
        assertThat(size(trio.of(0))).isEqualTo(15);
        assertThat(size(trio.of(1))).isEqualTo(15);
        assertThatThrownBy(() -> shown.stepper().publish(LogName.CASE)).isInstanceOf(LogStoppedException.class);
    }

    /** Witnesses who never saw the log would cosign whatever its key signs: only what it had signed is offered to them. */
    @Test
    void a_note_that_was_written_into_the_database_does_not_get_past_the_guard_to_the_witnesses() {
        AuditLog live = fixture.start();
        fixture.append(live, 10);
        LogFixture.all(live);
        Database.Access copy = fixture.copy();
        fixture.append(live, 5);
        LogFixture.all(live);

        // Another history, longer than what was signed, and a note beside it that the log's key never made.
        fixture.access = copy;
        AuditLog intruder = fixture.startWithGuards(root.resolve("intruder"));
        fixture.append(intruder, 6);
        intruder.stepper().sequence(LogName.CASE);
        String text = new Checkpoint(ORIGIN, 16, intruder.facts(LogName.CASE).root()).text();
        NoteSignature junk = NoteSignature.by(fixture.caseKey(), new byte[64]);
        fixture.criminal()
                .sql("UPDATE auditlog_checkpoint SET note = :note WHERE origin = :origin AND size = 16")
                .param("note", new SignedNote(text, List.of(junk)).bytes())
                .param("origin", ORIGIN)
                .update();

        try (WitnessTrio fresh = new WitnessTrio(fixture.caseKey(), fixture::now)) {
            fixture.policy(fresh.policy());
            AuditLog shown = fixture.start();
            fixture.append(shown, 1);
            shown.stepper().sequence(LogName.CASE);
            assertThatThrownBy(() -> shown.stepper().sign(LogName.CASE)).hasMessageEndingWith("forked");
            for (int witness = 0; witness < 3; witness++) {
                assertThat(fresh.of(witness).seen(ORIGIN).map(SignedNote::text)).isNotEqualTo(Optional.of(text));
            }
        }
    }

    @Test
    void a_witness_that_claims_more_than_was_signed_stops_the_log() {
        AuditLog log = fixture.start();
        trio.of(0).mood(said -> new TestWitness.Said(409, "99\n"));
        // On a busy machine he may still be confirming what was signed last: then he stops the log sooner.
        assertThatThrownBy(() -> {
                    fixture.append(log, 1);
                    log.stepper().sequence(LogName.CASE);
                    log.stepper().sign(LogName.CASE);
                    for (int i = 0; i < 3; i++) {
                        log.stepper().witness(LogName.CASE);
                    }
                })
                .hasMessageEndingWith("restored-behind-log");
    }

    @Test
    void a_cosignature_of_another_key_or_over_another_tree_is_none() {
        AuditLog log = fixture.start();
        trio.of(0).mood(said -> new TestWitness.Said(200, line(trio.of(1), said)));
        trio.of(1).mood(said -> new TestWitness.Said(200, "\u2014 resellers AAAA\n"));
        trio.of(2).mood(said -> new TestWitness.Said(200, ""));
        Pending pending = fixture.append(log, LogFixture.statement("one"));
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash())).isEmpty();
        assertThat(log.facts(LogName.CASE).witnesses())
                .allSatisfy(witness ->
                        assertThat(witness.failing().orElseThrow().code()).isEqualTo("no-valid-cosignature"));
    }

    @Test
    void an_endless_answer_is_cut_off() {
        AuditLog log = fixture.start();
        trio.of(0).mood(said -> new TestWitness.Said(200, "x".repeat(1 << 20)));
        trio.stop(1);
        Pending pending = fixture.append(log, LogFixture.statement("one"));
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash())).isEmpty();
    }

    @Test
    void a_database_that_claims_more_was_published_than_was_witnessed_is_not_believed() {
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        LogFixture.all(log);
        trio.stop(0, 1);
        Pending pending = fixture.append(log, LogFixture.statement("never witnessed"));
        LogFixture.all(log);
        fixture.criminal().sql("""
                        UPDATE auditlog_publication p SET size = c.size, note = c.note FROM auditlog_checkpoint c
                        WHERE c.origin = p.origin AND c.size = 2
                        """).update();
        assertThat(log.find(pending.leafHash())).isEmpty();
        assertThat(log.proof(pending.leafHash())).isEmpty();
    }

    @Test
    void a_stricter_policy_is_met_before_what_was_published_counts_again() {
        fixture.policy("quorum none\n");
        AuditLog before = fixture.start();
        Pending pending = fixture.append(before, LogFixture.statement("one"));
        LogFixture.all(before);
        assertThat(before.find(pending.leafHash())).isPresent();
        fixture.policy(trio.policy());
        trio.stop(0, 1);
        AuditLog log = fixture.start();
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash())).isEmpty();
        trio.start(0, 1);
        fixture.pass(WitnessDesk.PAUSE);
        LogFixture.all(log);
        assertThat(log.find(pending.leafHash())).isPresent();
    }

    @Test
    void a_cosignature_is_never_changed_or_removed() {
        AuditLog log = fixture.start();
        fixture.append(log, 1);
        LogFixture.all(log);
        for (String sql : List.of(
                "UPDATE auditlog_cosignature SET line = ''",
                "DELETE FROM auditlog_cosignature",
                "TRUNCATE auditlog_cosignature")) {
            assertThatThrownBy(
                            () -> fixture.jdbc(fixture.access.owner()).sql(sql).update())
                    .rootCause()
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> fixture.jdbc(fixture.access.app()).sql(sql).update())
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    private static long size(TestWitness witness) {
        try {
            SignedNote note = witness.seen(ORIGIN).orElseThrow();
            return Checkpoint.parse(note.text()).size();
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** The other witness's genuine last line: of the wrong key here. */
    private static String line(TestWitness other, TestWitness.Said said) {
        return other.seen(ORIGIN)
                .map(note -> note.signatures().get(note.signatures().size() - 1).line())
                .orElse(said.body());
    }
}
